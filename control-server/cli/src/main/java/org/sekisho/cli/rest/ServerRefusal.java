package org.sekisho.cli.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.sekisho.cli.CommandFailure;

/** The server answered, and the answer is no (4xx) or a failure of its own (5xx). */
public final class ServerRefusal extends CommandFailure {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient ObjectNode problem;

    ServerRefusal(int exitCode, int status, ObjectNode problem, String message) {
        super(exitCode, message);
        this.status = status;
        this.problem = problem;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The problem document (RFC 9457); where the server sent none, one with the status alone. */
    public JsonNode problem() {
        return problem;
    }
}
