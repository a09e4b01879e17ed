package org.sekisho.control.alarm;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.SignedIn;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.ProblemException;

/** What is not as it should be with terminals. */
@Path("/api/v1/alarms")
@Tag(name = "alarms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
@WithinBranch
public class AlarmsResource {
    private final Alarms alarms;
    private final AlarmFeed feed;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;
    private final SignedIn operator;

    @Inject
    AlarmsResource(Alarms alarms, AlarmFeed feed, AuditLog audit, Jurisdiction jurisdiction, SignedIn operator) {
        this.alarms = alarms;
        this.feed = feed;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
    }

    /** Newest first. */
    @GET
    @Operation(operationId = "listAlarms", summary = "Alarms, newest first")
    public AlarmPage list(@BeanParam @Valid AlarmFilter filter) {
        return alarms.page(jurisdiction.reach(), filter);
    }

    /** What holds now, in figures. */
    @GET
    @Path("counts")
    @Operation(operationId = "countAlarms", summary = "How many alarms are open, by kind")
    public AlarmCounts counts() {
        return alarms.counts(jurisdiction.reach());
    }

    /** One. */
    @GET
    @Path("{id}")
    @Operation(operationId = "getAlarm", summary = "One alarm")
    public AlarmView get(@PathParam("id") long id) {
        return alarms.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("alarm", id));
    }

    /** Somebody has seen it, and says what they made of it. */
    @POST
    @Path("{id}/acknowledgement")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @Transactional
    @Operation(operationId = "acknowledgeAlarm", summary = "Acknowledge an alarm with a note")
    public AlarmView acknowledge(@PathParam("id") long id, @NotNull @Valid Acknowledgement acknowledgement) {
        AlarmView found = get(id);
        alarms.acknowledge(id, operator.name(), acknowledgement.note().strip(), acknowledgement.version());
        audit.record(
                "alarm.acknowledge",
                String.valueOf(id),
                Map.of(
                        "kind", found.kind().name(),
                        "terminal", found.terminal(),
                        "note", acknowledgement.note().strip()));
        return get(id);
    }

    /** Live: new ones, and changes. */
    @GET
    @Path("stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "streamAlarms", summary = "Alarms as they change: server-sent events `alarm` and `lagged`")
    @APIResponse(
            responseCode = "200",
            description = "Each `alarm` carries an Alarm as data",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = AlarmView.class)))
    public Multi<OutboundSseEvent> stream(@Context Sse sse) {
        return feed.follow(sse);
    }

    /**
     * That it was seen.
     *
     * @param version of the alarm that was seen
     */
    @Schema(name = "AlarmAcknowledgement")
    public record Acknowledgement(
            @NotBlank @Size(max = 1000) String note,
            @NotNull Long version) {}

    /** One page. */
    @Schema(requiredProperties = "items")
    public record AlarmPage(List<AlarmView> items, @Nullable String next) {}
}
