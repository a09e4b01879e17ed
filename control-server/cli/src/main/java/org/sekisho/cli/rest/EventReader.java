package org.sekisho.cli.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events (WHATWG HTML, "event stream interpretation") with a bound on what one may take. Not for several threads. */
final class EventReader {
    /** An event's JSON is at most 64 KiB on the wire; names in it may be escaped to several times that. */
    private static final int MAX_CHARACTERS = 1024 * 1024;

    private static final String DEFAULT_TYPE = "message";

    /** Stands for a comment: the stream lives. */
    static final ServerSentEvent HEARTBEAT = new ServerSentEvent(":", "", null);

    private final Reader in;
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private String type = DEFAULT_TYPE;
    private @Nullable String lastId;

    EventReader(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The next event, or a comment's {@link #HEARTBEAT}; null at the end of the stream. An event cut short by the end is dropped. */
    @Nullable
    ServerSentEvent next() throws IOException {
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                ServerSentEvent event = dispatch();
                if (event != null) {
                    return event;
                }
                continue;
            }
            int colon = line.indexOf(':');
            if (colon == 0) {
                return HEARTBEAT;
            }
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(line.startsWith(": ", colon) ? colon + 2 : colon + 1);
            switch (field) {
                case "event" -> type = value;
                case "id" -> lastId = value;
                case "data" -> {
                    data.append(hasData ? "\n" : "").append(value);
                    hasData = true;
                    bound(data.length());
                }
                default -> {
                    // The standard says to ignore fields that aren't known.
                }
            }
        }
        return null;
    }

    private @Nullable ServerSentEvent dispatch() {
        ServerSentEvent event = hasData ? new ServerSentEvent(type, data.toString(), lastId) : null;
        type = DEFAULT_TYPE;
        data.setLength(0);
        hasData = false;
        return event;
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int read;
        while ((read = in.read()) != -1) {
            if (read == '\n') {
                return line.toString();
            }
            if (read != '\r') {
                line.append((char) read);
                bound(line.length());
            }
        }
        return null;
    }

    private static void bound(int length) throws IOException {
        if (length > MAX_CHARACTERS) {
            throw new IOException("An event of the stream is longer than " + MAX_CHARACTERS + " characters");
        }
    }
}
