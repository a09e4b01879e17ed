package org.sekisho.evidence;

/** Something in a pack that doesn't hold. */
final class EvidenceFlaw extends Exception {
    private static final long serialVersionUID = 1L;

    private final EvidenceCheck check;
    private final String detail;

    /** @param detail what, where; English */
    EvidenceFlaw(EvidenceCheck check, String detail) {
        super(detail);
        this.check = check;
        this.detail = detail;
    }

    EvidenceCheck check() {
        return check;
    }

    String detail() {
        return detail;
    }
}
