package org.sekisho.control.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.Cursor;

/** What to search for; all that is given must hold. */
public class EventQuery {
    /** Terminal's id. */
    @QueryParam("terminal")
    @Size(max = 64)
    public @Nullable String terminal;

    /** Such as ATTEMPT. */
    @QueryParam("kind")
    @Size(max = 64)
    public @Nullable String kind;

    /** Such as CLIPBOARD. */
    @QueryParam("channel")
    @Size(max = 64)
    public @Nullable String channel;

    /** Such as BLOCK. */
    @QueryParam("verdict")
    @Size(max = 64)
    public @Nullable String verdict;

    /** Account at the terminal. */
    @QueryParam("user")
    @Size(max = 256)
    public @Nullable String user;

    /** Rule's id. */
    @QueryParam("rule")
    @Size(max = 64)
    public @Nullable String rule;

    /** Such as my_number. */
    @QueryParam("label")
    @Size(max = 64)
    public @Nullable String label;

    /** LOW, MEDIUM, HIGH or CRITICAL. */
    @QueryParam("severity")
    @Size(max = 64)
    public @Nullable String severity;

    @Parameter(description = "Occurred at or after, ISO-8601")
    @QueryParam("from")
    @Size(max = 40)
    public @Nullable String from;

    @Parameter(description = "Occurred before, ISO-8601")
    @QueryParam("to")
    @Size(max = 40)
    public @Nullable String to;

    @Parameter(
            description = "Text that the recorded event contains, such as part of a program's path; compared exactly")
    @QueryParam("q")
    @Size(max = 200)
    public @Nullable String q;

    /** Items at most. */
    @QueryParam("limit")
    @DefaultValue("100")
    @Min(1)
    @Max(Cursor.MAX_LIMIT)
    public int limit = 100;

    /** Cursor. */
    @QueryParam("after")
    @Size(max = 1024)
    public @Nullable String after;
}
