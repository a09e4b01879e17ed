package org.sekisho.agent.content.text;

/** Takes a text as UTF-8 in pieces; a piece may end within a character. */
public interface Utf8Sink {
    /** Takes the next piece; the array belongs to the caller again afterwards. */
    void accept(byte[] utf8, int offset, int length);

    /** The text is complete. */
    void end();
}
