package org.sekisho.cli.output;

/** How results are written. Names are those of the {@code -o} option. */
public enum Format {
    /** For people. */
    TABLE,
    /** For scripts: one JSON document, or one JSON document a line where results keep coming. Always UTF-8 text. */
    JSON
}
