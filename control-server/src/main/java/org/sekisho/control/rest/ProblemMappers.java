package org.sekisho.control.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;

/**
 * Turns every failure of a REST request into a problem document. What the server itself did wrong is logged, and told
 * only by a number.
 */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** RFC 9110, 15.5.21; Jakarta REST doesn't name it. */
    private static final int UNPROCESSABLE = 422;
    /** PostgreSQL's manual, appendix A: unique_violation. */
    private static final String UNIQUE_VIOLATION = "23505";

    @ServerExceptionMapper
    Response problem(ProblemException failure, UriInfo uri) {
        String detail = String.valueOf(failure.getMessage());
        return respond(new Problem(
                "about:blank",
                title(failure.status()),
                failure.status(),
                detail,
                uri.getPath(),
                failure.code(),
                failure.findings()));
    }

    @ServerExceptionMapper
    Response violations(ConstraintViolationException failure, UriInfo uri) {
        String detail = failure.getConstraintViolations().stream()
                .map(violation -> last(violation.getPropertyPath().toString()) + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        return respond(400, "invalid", detail, uri);
    }

    @ServerExceptionMapper
    Response unreadable(MismatchedInputException failure, UriInfo uri) {
        String where = failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return respond(
                400,
                "invalid",
                where.isEmpty() ? "The body is not what this request takes" : "Unknown or wrong: " + where,
                uri);
    }

    @ServerExceptionMapper
    Response notJson(JsonProcessingException failure, UriInfo uri) {
        return respond(400, "not-json", "The body is not valid JSON", uri);
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(SecurityException failure, UriInfo uri) {
        return Response.fromResponse(respond(401, "unauthorized", "Sign in, or send a valid operator token", uri))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"sekisho\"")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure, UriInfo uri) {
        return respond(403, "forbidden", "This operator's role doesn't allow it", uri);
    }

    @ServerExceptionMapper
    Response known(WebApplicationException failure, UriInfo uri) {
        Throwable cause = failure.getCause();
        if (cause instanceof MismatchedInputException mismatch) {
            return unreadable(mismatch, uri);
        }
        if (cause instanceof JsonProcessingException) {
            return respond(400, "not-json", "The body is not valid JSON", uri);
        }
        int status = failure.getResponse().getStatus();
        if (status < 400) {
            return failure.getResponse();
        }
        String own = failure.getMessage();
        String detail = own == null || own.startsWith("HTTP ") ? title(status) : own;
        Response.ResponseBuilder problem = Response.fromResponse(respond(status, codeOf(status), detail, uri));
        for (String kept : new String[] {HttpHeaders.ALLOW, HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE}) {
            String value = failure.getResponse().getHeaderString(kept);
            if (value != null) {
                problem.header(kept, value);
            }
        }
        return problem.build();
    }

    /** Two took the same name at the same time, and each had seen that it was free. */
    @ServerExceptionMapper
    Response overtaken(UnableToExecuteStatementException failure, UriInfo uri) {
        if (failure.getCause() instanceof PSQLException cause
                && UNIQUE_VIOLATION.equals(cause.getSQLState())
                && cause.getServerErrorMessage() != null) {
            // Not the message: it has the values.
            LOG.info("Request " + uri.getPath() + " was overtaken, says "
                    + cause.getServerErrorMessage().getConstraint());
            return respond(409, "overtaken", "Somebody else has made one like it just now; load it again", uri);
        }
        return unknown(failure, uri);
    }

    @ServerExceptionMapper
    Response unknown(RuntimeException failure, UriInfo uri) {
        String number = UUID.randomUUID().toString();
        LOG.error("Request " + uri.getPath() + " failed, number " + number, failure);
        return respond(500, "internal", "The server failed; its log says why under number " + number, uri);
    }

    private static Response respond(int status, String code, String detail, UriInfo uri) {
        return respond(new Problem("about:blank", title(status), status, detail, uri.getPath(), code, null));
    }

    private static Response respond(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }

    private static String title(int status) {
        return Optional.<StatusType>ofNullable(Response.Status.fromStatusCode(status))
                .map(StatusType::getReasonPhrase)
                .orElseGet(() -> status == UNPROCESSABLE ? "Unprocessable Content" : "Status " + status);
    }

    private static String codeOf(int status) {
        return title(status).toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
