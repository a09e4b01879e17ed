package org.sekisho.cli.rest;

import org.jspecify.annotations.Nullable;

/**
 * One event of a stream (WHATWG HTML, "server-sent events").
 *
 * @param type the event's type; {@code message} when the server names none
 * @param data its data lines, joined by line breaks
 * @param id the last id that the server gave so far; null when none yet
 */
record ServerSentEvent(String type, String data, @Nullable String id) {}
