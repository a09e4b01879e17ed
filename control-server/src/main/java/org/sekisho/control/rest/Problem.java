package org.sekisho.control.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed (RFC 9457).
 *
 * @param type always {@code about:blank}: the code says which problem it is
 * @param title the status in words
 * @param status as in the response
 * @param detail what was tried, and what to do; English
 * @param instance path of the request
 * @param code stable, kebab case; what a client translates
 * @param findings what is wrong with the document that was sent, if that is the problem
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"type", "title", "status", "detail", "code"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        @Nullable List<Finding> findings) {
    /** Media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";
}
