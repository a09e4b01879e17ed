package org.sekisho.control.oidc;

/** A sign-in by the provider failed. The message is for the audit log and holds no secret. */
public final class OidcRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    OidcRefusedException(String why, Throwable cause) {
        super(why, cause);
    }

    OidcRefusedException(String why) {
        super(why);
    }
}
