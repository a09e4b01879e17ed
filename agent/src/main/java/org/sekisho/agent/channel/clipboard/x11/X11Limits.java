package org.sekisho.agent.channel.clipboard.x11;

import java.time.Duration;

/**
 * What one program may cost the others.
 *
 * @param offerWait how long an owner may take to say what it offers; until then others can read the content
 * @param identifyWait how long the display may stand still while an owner is looked at that may end with the takeover
 * @param answersWait how long it may take until it has begun to deliver every format; until then others can read it
 * @param stepWait how long a transfer may stand still
 * @param askWait how long an answer of the gate is waited for; a person may have to type a reason
 * @param transferWait how long a transfer may take in all
 */
record X11Limits(
        Duration offerWait,
        Duration identifyWait,
        Duration answersWait,
        Duration stepWait,
        Duration askWait,
        Duration transferWait) {
    /** Toolkits themselves give an owner 0.5 to 5 s; office programs draw some formats only when asked;
     * nobody sees a display stand still for three pictures; 64 MiB take about 2 s; a reason is typed in two minutes. */
    static final X11Limits DEFAULT = new X11Limits(
            Duration.ofSeconds(2),
            Duration.ofMillis(50),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMinutes(3),
            Duration.ofMinutes(5));

    /** Formats of one offer that are read. Office programs offer about 30. */
    static final int FORMATS = 96;

    /** Pastes before a takeover that are told of one content; there are seldom any. */
    static final int EARLY = 16;

    /** Requests that are open at once, of all programs. */
    static final int REQUESTS = 256;

    /** Requests that one program may have open at once; more than any toolkit's MULTIPLE. */
    static final int REQUESTS_OF_ONE = 64;
}
