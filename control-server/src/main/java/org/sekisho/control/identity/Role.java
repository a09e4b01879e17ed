package org.sekisho.control.identity;

/** What an operator may do. The names are what the REST interface and {@code @RolesAllowed} use. */
public enum Role {
    /** Writes and publishes policies, enrols and revokes terminals, appoints operators. */
    ADMINISTRATOR(Name.ADMINISTRATOR),
    /** Agrees to what needs a second person; reads what the others read. */
    APPROVER(Name.APPROVER),
    /** Works on incidents. */
    RESPONDER(Name.RESPONDER),
    /** Reads everything, changes nothing. */
    AUDITOR(Name.AUDITOR);

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** The name in JSON, in the database and in {@code @RolesAllowed}. */
    public String wireName() {
        return wireName;
    }

    /**
     * Whether an operator of this role may hold a token of the other. Only an administrator may do all that the others may,
     * but not approve: who could do both would need no second person. An auditor reads what a responder doesn't (the audit
     * log), a responder changes what an auditor doesn't.
     */
    boolean covers(Role other) {
        return this == other || (this == ADMINISTRATOR && other != APPROVER);
    }

    /**
     * The role of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Role of(String wireName) {
        for (Role role : values()) {
            if (role.wireName.equals(wireName)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "no role is named '" + wireName + "'; there are administrator, approver, responder, auditor");
    }

    /** Constants for annotations. */
    public static final class Name {
        public static final String ADMINISTRATOR = "administrator";
        public static final String APPROVER = "approver";
        public static final String RESPONDER = "responder";
        public static final String AUDITOR = "auditor";

        private Name() {}
    }
}
