package org.sekisho.control.media;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.event.EventSearch;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.media.MediumView.State;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.policy.Devices;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.Segment;

/** The media register. */
@Path("/api/v1/media")
@Tag(name = "media")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@WithinBranch
public class MediaResource {
    static final String SEGMENTS = "MY_NUMBER|LGWAN|INTERNET";

    private final MediaStore media;
    private final MediaDesk desk;
    private final EventSearch events;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;

    @Inject
    MediaResource(MediaStore media, MediaDesk desk, EventSearch events, AuditLog audit, Jurisdiction jurisdiction) {
        this.media = media;
        this.desk = desk;
        this.events = events;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
    }

    /** By name. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "listMedia", summary = "Media in the register, by name")
    public MediumPage list(
            @QueryParam("segment") @Pattern(regexp = SEGMENTS) @Nullable String segment,
            @QueryParam("state") @Nullable State state,
            @QueryParam("q") @Size(max = 200) @Nullable String q,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Size(max = 1024) @Nullable String after) {
        List<MediumView> found = media.list(
                jurisdiction.reach(), filter(segment, state, q), limit + 1, after == null ? null : cursor(after));
        if (found.size() <= limit) {
            return new MediumPage(found, null);
        }
        MediumView last = found.get(limit - 1);
        return new MediumPage(List.copyOf(found.subList(0, limit)), Cursor.of(last.name(), last.id()));
    }

    private static List<String> cursor(String after) {
        List<String> key = Cursor.read(after, 2);
        try {
            UUID.fromString(key.get(1));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badRequest("The cursor in `after` is not one that this server gave");
        }
        return key;
    }

    static MediaStore.Filter filter(@Nullable String segment, @Nullable State state, @Nullable String q) {
        return new MediaStore.Filter(
                segment == null ? null : WireNames.parse(Segment.class, segment).getNumber(),
                state,
                q == null || q.isBlank() ? null : q.strip());
    }

    /** One medium. */
    @GET
    @Path("{id}")
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "getMedium", summary = "One medium of the register")
    public MediumView get(@PathParam("id") UUID id) {
        return media.find(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("medium", id));
    }

    /** Registers one, from an attempt or from what is given; terminals know it within a second. */
    @POST
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = MediumView.class, responseCode = "201")
    @Operation(operationId = "registerMedium", summary = "Register a medium, also straight from an attempt")
    public MediumView register(@NotNull @Valid NewMedium request) {
        MediumDraft draft = draft(request);
        UUID id = desk.register(draft, Boolean.TRUE.equals(request.sharedIdentity()));
        audit.record("medium.register", id.toString(), detail(draft));
        return get(id);
    }

    private MediumDraft draft(NewMedium request) {
        Attempt attempt = request.event() == null ? Attempt.getDefaultInstance() : attempt(request.event());
        DeviceIdentity device = request.device() == null
                ? Device.of(attempt.getMedia()).identity()
                : request.device().identity();
        if (!Devices.isWhole(device) || device.getSerial().indexOf('\0') >= 0) {
            throw new ProblemException(
                    422,
                    "no-device",
                    "A medium is recognised by its hash, or by vendor, product and serial number; give one or the other");
        }
        Instant expires = request.expiresAt();
        if (expires != null && !expires.isAfter(desk.now())) {
            throw ProblemException.badRequest("expiresAt must be later than now");
        }
        OrgUnit owner = OrgUnit.parseOrNull(emptyToNull(request.owner()));
        jurisdiction.require(owner);
        MediaClass type = request.mediaClass() == null
                ? attempt.getMedia().getMediaClass()
                : WireNames.parse(MediaClass.class, request.mediaClass());
        if (type == MediaClass.UNRECOGNIZED) {
            throw ProblemException.badRequest("There is no media class named so");
        }
        return new MediumDraft(
                WireNames.parse(Segment.class, request.segment()),
                request.name().strip(),
                device,
                type,
                owner == null ? null : owner.path(),
                request.note() == null ? "" : request.note().strip(),
                expires);
    }

    private Attempt attempt(EventRef ref) {
        Attempt attempt = events.stored(jurisdiction.reach(), ref.terminal(), ref.seq())
                .orElseThrow(() -> ProblemException.notFound("event", ref.terminal() + "/" + ref.seq()))
                .event()
                .getAttempt()
                .getAttempt();
        if (!attempt.hasMedia()) {
            throw new ProblemException(
                    422, "no-medium", "Event " + ref.terminal() + "/" + ref.seq() + " is about no removable medium");
        }
        return attempt;
    }

    private static Map<String, String> detail(MediumDraft draft) {
        Map<String, String> detail = new TreeMap<>();
        detail.put("segment", draft.segment().name());
        detail.put("name", draft.name());
        detail.put(
                "device",
                draft.device().getVendorId() + ":" + draft.device().getProductId() + ":"
                        + draft.device().getSerial());
        if (draft.owner() != null) {
            detail.put("owner", draft.owner());
        }
        return detail;
    }

    /** Changes one; terminals know within a second. */
    @PATCH
    @Path("{id}")
    @RolesAllowed(Role.Name.ADMINISTRATOR)
    @Transactional
    @Operation(operationId = "updateMedium", summary = "Report a medium lost or found, withdraw it, or change its data")
    public MediumView update(@PathParam("id") UUID id, @NotNull @Valid MediumChange change) {
        MediumView before = get(id);
        if (change.version() != before.version()) {
            throw ProblemException.stale("Somebody else has changed this medium; look again and repeat");
        }
        State stored = before.state() == State.EXPIRED ? State.IN_USE : before.state();
        State state = change.state() == null ? stored : change.state();
        String reason = change.reason() == null ? "" : change.reason().strip();
        if (state == State.EXPIRED || (state != stored && reason.isEmpty())) {
            throw ProblemException.badRequest("A change of state is to IN_USE, LOST or WITHDRAWN, and needs a reason");
        }
        String owner = before.owner();
        if (change.owner() != null) {
            OrgUnit unit = OrgUnit.parseOrNull(emptyToNull(change.owner()));
            jurisdiction.require(unit);
            owner = unit == null ? null : unit.path();
        }
        MediumView after = new MediumView(
                id,
                before.segment(),
                change.name() == null ? before.name() : change.name().strip(),
                before.device(),
                before.mediaClass(),
                owner,
                change.note() == null ? before.note() : change.note().strip(),
                Boolean.TRUE.equals(change.noEnd())
                        ? null
                        : change.expiresAt() == null ? before.expiresAt() : change.expiresAt(),
                state,
                state == stored ? before.stateReason() : reason,
                before.stateAt(),
                before.registeredBy(),
                before.registeredAt(),
                before.seen(),
                before.warnings(),
                before.version());
        MediumView changed = desk.change(jurisdiction.reach(), before.withState(stored), after);
        Map<String, String> detail = new TreeMap<>();
        if (state != stored) {
            detail.put("state", state.name());
            detail.put("reason", reason);
        }
        audit.record("medium.update", id.toString(), detail);
        return changed;
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** An event of a terminal. */
    @Schema(name = "EventRef")
    public record EventRef(
            @NotNull @Size(max = 64) String terminal,
            @Min(1) long seq) {}

    /** One page. */
    @Schema(requiredProperties = "items")
    public record MediumPage(
            List<MediumView> items, @Nullable String next) {}
}
