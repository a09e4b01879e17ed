package org.sekisho.control.terminal;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a new terminal trades its one-time token for a certificate; the token in the body is its only proof. */
@Path("/api/v1/enrolment")
@Tag(name = "enrolment")
public class EnrolmentResource {
    /** The wire's media type for EnrolRequest and EnrolResponse. */
    public static final String PROTOBUF = "application/x-protobuf";

    private final Enrolment enrolment;

    @Inject
    EnrolmentResource(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    /** Takes an EnrolRequest, answers an EnrolResponse (terminal.proto). */
    @POST
    @PermitAll
    @Consumes(PROTOBUF)
    @Produces(PROTOBUF)
    @Operation(
            operationId = "enrolTerminal",
            summary = "Trade a one-time token and a certificate request for a certificate (protobuf)")
    public byte[] enrol(byte[] request, @Context HttpServerRequest connection) {
        return enrolment
                .enrol(request, String.valueOf(connection.remoteAddress().hostAddress()))
                .toByteArray();
    }
}
