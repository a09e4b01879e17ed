package org.sekisho.control.incident;

/** Why a person must look. The names are part of the REST interface. */
public enum IncidentKind {
    /** An attempt that was stopped, would have been stopped in audit mode, or is of high severity. */
    ATTEMPT,
    /** Numbers are missing from a terminal's chain, and the terminal no longer has them. */
    CHAIN_GAP,
    /** A terminal tells two histories. */
    CHAIN_FORK,
    /** A terminal's journal is older than what it has sent before. */
    CHAIN_REWIND,
    /** An event was changed after it was made. */
    CHAIN_BAD_HASH,
    /** What a terminal sent as an event isn't one. */
    CHAIN_MALFORMED,
    /** A checkpoint isn't signed by the terminal's key, or speaks of another chain. */
    BAD_SIGNATURE,
    /** A terminal claims to be another one. */
    WRONG_IDENTITY,
    /** A revoked or unknown certificate, or an enrolment token that was used up, was presented. */
    REFUSED_IDENTITY,
    /** A terminal refuses the policy that was published for it. */
    POLICY_REFUSED,
    /** A terminal could not keep all events. */
    LOSS,
    /** A terminal's clock jumped. */
    CLOCK_JUMP,
    /** Somebody touched what a terminal guards itself with. */
    TAMPER,
    /** A medium that is reported lost was plugged in. */
    LOST_MEDIUM,
    /** A session's guard can't be kept alive. */
    DESKTOP_GAP
}
