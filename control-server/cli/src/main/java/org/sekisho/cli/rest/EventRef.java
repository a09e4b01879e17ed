package org.sekisho.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;

/** An event as it is typed, {@code TERMINAL/SEQ}, in the form in which the server takes it. */
public final class EventRef {
    private EventRef() {}

    /**
     * The event that was typed.
     *
     * @throws CommandFailure if it is none
     */
    public static JsonNode of(String typed, Texts texts) {
        int slash = typed.lastIndexOf('/');
        try {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("terminal", typed.substring(0, Math.max(0, slash)))
                    .put("seq", Long.parseLong(typed.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new CommandFailure(ExitCodes.REFUSED, texts.text("event-form"), e);
        }
    }
}
