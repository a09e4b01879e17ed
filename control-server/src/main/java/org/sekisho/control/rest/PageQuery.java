package org.sekisho.control.rest;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** Which page of a list. */
public class PageQuery {
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
