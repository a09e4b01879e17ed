package org.sekisho.policy;

/** How much a {@link Finding} weighs. */
public enum FindingLevel {
    /** The policy must not be published, and a terminal refuses it. */
    ERROR,
    /** The policy works, but most likely not as it was meant. */
    WARNING,
    /** Worth knowing. */
    NOTE
}
