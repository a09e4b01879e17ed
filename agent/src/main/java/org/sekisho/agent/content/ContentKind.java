package org.sekisho.agent.content;

/** How the bytes of a content are to be read. */
public enum ContentKind {
    /**
     * Text of an unknown encoding: UTF-8, UTF-16 in both orders, CP932, EUC-JP and ISO-2022-JP are told apart, and may
     * change on the way. ASCII digits are found whatever the encoding is taken for.
     */
    PLAIN_BYTES,
    /** Declared as UTF-8, such as X11's {@code UTF8_STRING}; lines that are not are read as {@link #PLAIN_BYTES}. */
    UTF8_TEXT,
    /** UTF-16, little endian, such as Windows' {@code CF_UNICODETEXT}. */
    UTF16LE_TEXT,
    /** HTML in any of the encodings of {@link #PLAIN_BYTES}; both what is shown and the source itself are inspected. */
    HTML,
    /** Rich Text Format as Word and Windows' clipboard have it. */
    RTF
}
