package org.sekisho.control.shadow;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.sekisho.control.audit.AuditFacts;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.v1.SealedKey;

/** How two custodians open a shadow copy. Every act is recorded, reading too. An auditor, who changes nothing, takes no part. */
@Path("/api/v1/shadow-copies/{id}/openings")
@Tag(name = "shadow-copies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER})
@WithinBranch
public class ShadowOpeningsResource {
    private final OpeningDesk desk;
    private final OpeningStore openings;
    private final ShadowCopyStore copies;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;
    private final SignedIn operator;

    @Inject
    ShadowOpeningsResource(
            OpeningDesk desk,
            OpeningStore openings,
            ShadowCopyStore copies,
            AuditLog audit,
            Jurisdiction jurisdiction,
            SignedIn operator) {
        this.desk = desk;
        this.openings = openings;
        this.copies = copies;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
    }

    /** A custodian wants to read it. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = OpeningView.class, responseCode = "201")
    @Operation(
            operationId = "askShadowOpening",
            summary = "Ask, as one of its custodians, to open a copy; another custodian has to approve")
    public OpeningView ask(@PathParam("id") String id, @NotNull @Valid OpeningReason request) {
        OpeningView asked = desk.ask(
                jurisdiction.reach(), id, operator.name(), request.reason().strip());
        record("shadow-copy.ask", id, asked);
        return asked;
    }

    /** What the approver takes the outer seal off. */
    @GET
    @Path("{opening}/seal")
    @Transactional
    @Operation(
            operationId = "getShadowSeal",
            summary = "The copy's key, sealed to the reader and then to you, who would approve; taking it is recorded")
    public OpeningSeal seal(@PathParam("id") String id, @PathParam("opening") UUID opening) {
        SealedKey key = desk.seal(jurisdiction.reach(), id, opening, operator.name());
        audit.record(
                "shadow-copy.seal",
                id,
                new AuditFacts()
                        .with("opening", opening)
                        .with("reader", key.getReader())
                        .map());
        return new OpeningSeal(
                key.getReader(),
                key.getApprover(),
                Base64.getEncoder().encodeToString(key.getSealed().toByteArray()));
    }

    /** Another custodian agrees, and gives the key without their own seal. */
    @POST
    @Path("{opening}/approve")
    @Transactional
    @Operation(
            operationId = "approveShadowOpening",
            summary = "Approve another custodian's opening with the key that your seal was taken off")
    public OpeningView approve(
            @PathParam("id") String id, @PathParam("opening") UUID opening, @NotNull @Valid OpeningApproval request) {
        OpeningView approved =
                desk.approve(jurisdiction.reach(), id, opening, operator.name(), bytes(request.approved()));
        record("shadow-copy.approve", id, approved);
        return approved;
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("`approved` is not base64 (RFC 4648, 4)");
        }
    }

    /** Another custodian doesn't agree, or the reader withdraws. */
    @POST
    @Path("{opening}/refuse")
    @Transactional
    @Operation(
            operationId = "refuseShadowOpening",
            summary = "Refuse another custodian's opening, or withdraw your own")
    public OpeningView refuse(
            @PathParam("id") String id, @PathParam("opening") UUID opening, @NotNull @Valid OpeningReason request) {
        OpeningView refused = desk.refuse(
                jurisdiction.reach(),
                id,
                opening,
                operator.name(),
                request.reason().strip());
        record("shadow-copy.refuse", id, refused);
        return refused;
    }

    /** What the approver gave, for the reader alone. */
    @GET
    @Path("{opening}/approved")
    @Transactional
    @Operation(
            operationId = "getApprovedShadowKey",
            summary = "The copy's key, sealed to you, who asked; taking it is recorded")
    public ApprovedKey approved(@PathParam("id") String id, @PathParam("opening") UUID opening) {
        OpeningView approved = desk.toRead(jurisdiction.reach(), id, opening, operator.name());
        record("shadow-copy.key", id, approved);
        return new ApprovedKey(
                Objects.requireNonNull(approved.approver(), "an approved opening has no approver"),
                Base64.getEncoder().encodeToString(openings.approved(opening)));
    }

    /** The sealed file, for the reader alone. */
    @GET
    @Path("{opening}/content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Transactional
    @Operation(
            operationId = "downloadShadowCopy",
            summary = "The sealed copy, for you, who asked and were approved; each download is recorded")
    @APIResponse(
            responseCode = "200",
            description = "The copy as its terminal sealed it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response content(@PathParam("id") String id, @PathParam("opening") UUID opening) {
        OpeningView approved = desk.toRead(jurisdiction.reach(), id, opening, operator.name());
        ShadowContent content =
                copies.content(id).orElseThrow(() -> ProblemException.notFound("sealed file of shadow copy", id));
        openings.read(opening);
        record("shadow-copy.read", id, approved);
        return Response.ok(content, MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, content.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".shadow\"")
                .build();
    }

    private void record(String action, String copy, OpeningView opening) {
        audit.record(
                action,
                copy,
                new AuditFacts()
                        .with("opening", opening.id())
                        .with("reader", opening.reader())
                        .with("approver", opening.approver())
                        .with("reason", opening.refusal() == null ? opening.reason() : opening.refusal())
                        .map());
    }

    /** Why. */
    @Schema(name = "ShadowOpeningReason")
    public record OpeningReason(
            @NotNull @Size(min = 1, max = 1_000) @Pattern(regexp = "(?s)[^\\x00]*[^\\x00\\s][^\\x00]*")
            String reason) {}

    /**
     * What an approver gives.
     *
     * @param approved base64; what the approver's step of opening gave, still sealed to the reader
     */
    @Schema(name = "ShadowOpeningApproval")
    public record OpeningApproval(
            @NotNull @Size(min = 4, max = 1_024) String approved) {}

    /**
     * A key under two seals.
     *
     * @param sealed base64
     */
    @Schema(
            name = "ShadowSeal",
            requiredProperties = {"reader", "approver", "sealed"})
    public record OpeningSeal(String reader, String approver, String sealed) {}

    /**
     * A key under the reader's seal.
     *
     * @param approved base64
     */
    @Schema(
            name = "ApprovedShadowKey",
            requiredProperties = {"approver", "approved"})
    public record ApprovedKey(String approver, String approved) {}
}
