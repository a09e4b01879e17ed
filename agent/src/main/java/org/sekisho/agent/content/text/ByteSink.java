package org.sekisho.agent.content.text;

/** Takes a content as bytes in pieces, cut anywhere. */
public interface ByteSink {
    /** Takes the next piece; the array belongs to the caller again afterwards. */
    void update(byte[] bytes, int offset, int length);

    /** The content is complete. */
    void end();
}
