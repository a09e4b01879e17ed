package org.sekisho.agent.channel.media;

/** How far a class of a device is let in, from least to most. */
enum Access {
    OUT,
    /** The person has to give a reason first. */
    ASK,
    /** In, read-only and told to nobody, until its first sector says whether it is encrypted. */
    PROBE,
    READ_ONLY,
    IN;

    /** Whether the OS has to let something bind. */
    boolean binds() {
        return this == PROBE || this == READ_ONLY || this == IN;
    }
}
