package org.sekisho.control.event;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.rest.ProblemException;

/** Events: searched, and followed as they come in. */
@Path("/api/v1/events")
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
@WithinBranch
public class EventsResource {
    private final EventSearch search;
    private final EventCounts counts;
    private final EventDownload download;
    private final EventFeed feed;
    private final AuditLog audit;
    private final SecurityIdentity identity;
    private final Jurisdiction jurisdiction;

    @Inject
    EventsResource(
            EventSearch search,
            EventCounts counts,
            EventDownload download,
            EventFeed feed,
            AuditLog audit,
            SecurityIdentity identity,
            Jurisdiction jurisdiction) {
        this.search = search;
        this.counts = counts;
        this.download = download;
        this.feed = feed;
        this.audit = audit;
        this.identity = identity;
        this.jurisdiction = jurisdiction;
    }

    /** Newest first by arrival. */
    @GET
    @Operation(operationId = "listEvents", summary = "Events, newest first")
    public EventPage list(
            @BeanParam @Valid EventQuery query,
            @Parameter(description = "With the whole of each event as it is recorded") @QueryParam("detail")
                    boolean detail) {
        EventPage page = search.page(jurisdiction.reach(), query);
        return detail ? page : page.brief();
    }

    /** How many there are over time; the list's cursor and limit play no part. */
    @GET
    @Path("histogram")
    @Operation(
            operationId = "countEvents",
            summary = "How many events a search finds, over time; estimated where that takes long")
    public EventHistogram histogram(
            @BeanParam @Valid EventQuery query,
            @QueryParam("items") @DefaultValue("60") @Min(1) @Max(200) int items,
            @Parameter(description = "Minutes by which the caller's time is ahead of UTC")
                    @QueryParam("utcOffset")
                    @DefaultValue("0")
                    @Min(-840)
                    @Max(840)
                    int utcOffset) {
        return counts.histogram(jurisdiction.reach(), query, items, utcOffset);
    }

    /** A file of what a search finds. Who took it, and what was searched for, is in the audit log. */
    @GET
    @Path("download")
    @Blocking
    @Produces({"text/csv;charset=UTF-8", MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "downloadEvents",
            summary = "A file of the events that a search finds, newest first, at most 100,000")
    @APIResponse(
            responseCode = "200",
            description = "The search itself, then the events",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = EventFile.class))
            })
    public Response download(
            @BeanParam @Valid EventQuery query,
            @QueryParam("format") @DefaultValue("csv") @Pattern(regexp = "csv|json") String format,
            @Parameter(description = "Of the headings: ja or en") @QueryParam("language") @Size(max = 10) @Nullable
                    String language) {
        Reach reach = jurisdiction.reach();
        String operator = identity.getPrincipal().getName();
        // What can't be asked is told before anything is sent.
        EventFilter.of(reach, query);
        Map<String, String> conditions = query.conditions();
        conditions.put("format", format);
        audit.record("events.download", "events", conditions);
        boolean csv = format.equals("csv");
        StreamingOutput file = out -> {
            if (csv) {
                download.csv(reach, query, operator, EventDownload.language(language), out);
            } else {
                download.json(reach, query, operator, out);
            }
        };
        return Response.ok(file, csv ? "text/csv;charset=UTF-8" : MediaType.APPLICATION_JSON)
                .header("Content-Disposition", "attachment; filename=\"sekisho-events." + format + "\"")
                .build();
    }

    /** One event; where a terminal's chain broke and this number came twice, the one that came first. */
    @GET
    @Path("{terminal}/{seq}")
    @Operation(operationId = "getEvent", summary = "One event of a terminal's chain")
    public EventView get(@PathParam("terminal") String terminal, @PathParam("seq") long seq) {
        return search.find(jurisdiction.reach(), terminal, seq)
                .orElseThrow(() -> ProblemException.notFound("event", terminal + "/" + seq));
    }

    /** Live. A reader that is too slow is told {@code lagged} and goes on with what comes next. */
    @GET
    @Path("stream")
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            operationId = "streamEvents",
            summary = "Events as they come in: server-sent events `event` and `lagged`")
    @APIResponse(
            responseCode = "200",
            description = "Each `event` carries an Event as data",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = EventView.class)))
    public Multi<OutboundSseEvent> stream(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Parameter(description = "With the whole of each event as it is recorded") @QueryParam("detail")
                    boolean detail,
            @Context Sse sse) {
        return feed.follow(lastEventId, detail, sse);
    }

    /** One page. */
    @Schema(requiredProperties = "items")
    public record EventPage(List<EventView> items, @Nullable String next) {
        EventPage brief() {
            return new EventPage(items.stream().map(EventView::brief).toList(), next);
        }
    }

    /**
     * A downloaded file, as {@link EventDownload} writes it piece by piece.
     *
     * @param at when it was taken
     * @param operator who took it
     * @param search what was asked for
     * @param complete whether these are all
     */
    @Schema(requiredProperties = {"at", "operator", "search", "items", "complete"})
    public record EventFile(
            Instant at, String operator, Map<String, String> search, List<EventView> items, boolean complete) {}
}
