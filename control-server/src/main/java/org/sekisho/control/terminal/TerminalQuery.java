package org.sekisho.control.terminal;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.Cursor;

/** Which terminals to list, and in which order; all that is given must hold. */
public class TerminalQuery extends TerminalFilter {
    @Parameter(
            description = "host, user, orgUnit, lastContact, revision, agentVersion, os, certificate or enrolled;"
                    + " with a minus before it, the other way round")
    @QueryParam("sort")
    @DefaultValue("host")
    @Size(max = 32)
    public String sort = "host";

    /** At most so many. */
    @QueryParam("limit")
    @DefaultValue("100")
    @Min(1)
    @Max(Cursor.MAX_LIMIT)
    public int limit;

    /** Go on behind this cursor; it belongs to its order. */
    @QueryParam("after")
    public @Nullable String after;
}
