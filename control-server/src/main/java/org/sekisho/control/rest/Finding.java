package org.sekisho.control.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something to say about a document that was sent.
 *
 * @param severity how bad
 * @param code which kind, stable, for programs
 * @param rule id of the rule it is about, if any
 * @param path the part that it is about, in the document's terms, such as {@code rules[3].clipboard.source}; absent: the
 *     document has no parts, or it is about the whole
 * @param line from 1, if it has a place
 * @param column from 1, if it has a place
 * @param message for people
 */
@Schema(requiredProperties = {"severity", "code", "message"})
public record Finding(
        Severity severity,
        String code,
        @Nullable String rule,
        @Nullable String path,
        @Nullable Integer line,
        @Nullable Integer column,
        LocalText message) {
    /** Errors keep a document from being published. */
    @Schema(name = "FindingSeverity")
    public enum Severity {
        ERROR,
        WARNING,
        NOTE
    }
}
