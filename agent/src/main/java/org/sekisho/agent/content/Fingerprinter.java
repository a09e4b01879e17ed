package org.sekisho.agent.content;

/** Turns a number into something that can be compared but not read. */
public interface Fingerprinter {
    /**
     * Fingerprint of a number.
     *
     * @param digits ASCII digits; the caller wipes the array afterwards, so it must not be kept
     * @return 24 bits in the low end, the rest zero: enough to see that two incidents concern the same number, too few to
     *     tell which number it is
     */
    int fingerprint(byte[] digits);
}
