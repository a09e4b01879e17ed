package org.sekisho.agent.content.extract;

/** Takes what is in a document, part by part. */
interface PartSink {
    /** A new part begins. */
    void part();

    /** Text of the part, UTF-8; a character may be cut. */
    void text(byte[] utf8, int length);

    /** Bytes of the part as they are in the document. */
    void bytes(byte[] bytes, int length);
}
