package org.sekisho.control.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request can't be fulfilled, for a reason that its sender is told. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient @Nullable List<Finding> findings;

    /** With findings in the document that was sent. */
    public ProblemException(int status, String code, String detail, @Nullable List<Finding> findings) {
        super(detail);
        this.status = status;
        this.code = code;
        this.findings = findings;
    }

    /** Status, stable code, and what to do about it. */
    public ProblemException(int status, String code, String detail) {
        this(status, code, detail, null);
    }

    /** 404: there is no such thing. */
    public static ProblemException notFound(String what, Object id) {
        return new ProblemException(404, "not-found", "There is no " + what + " " + id);
    }

    /** 400: the request itself makes no sense. */
    public static ProblemException badRequest(String detail) {
        return new ProblemException(400, "bad-request", detail);
    }

    /** 409: somebody else was faster. */
    public static ProblemException stale(String detail) {
        return new ProblemException(409, "stale", detail);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    @Nullable
    List<Finding> findings() {
        return findings;
    }
}
