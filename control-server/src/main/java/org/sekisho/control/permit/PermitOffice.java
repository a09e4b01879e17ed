package org.sekisho.control.permit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventSearch;
import org.sekisho.control.media.Device;
import org.sekisho.control.media.MediaResource.EventRef;
import org.sekisho.control.media.MediaStore;
import org.sekisho.control.media.MediumOutOfUse;
import org.sekisho.control.media.MediumView;
import org.sekisho.control.organisation.Reach;
import org.sekisho.control.permit.PermitStore.Granting;
import org.sekisho.control.permit.PermitsResource.NewPermit;
import org.sekisho.control.policy.PolicyStore;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.policy.PermitCheck;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Segment;
import org.sekisho.v1.SignedPayload;

/** Grants and revokes permits, and has their terminals told. Thread-safe; joins the caller's transaction. */
@Singleton
class PermitOffice {
    /** Longer is no exception any more, but a rule. */
    static final Duration LONGEST = Duration.ofDays(31);
    /** Clocks of those who ask may be behind by as much. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Jdbi jdbi;
    private final PermitStore permits;
    private final PermitBooks books;
    private final PolicyStore policies;
    private final MediaStore media;
    private final EventSearch events;
    private final SecurityIdentity operator;
    private final Clock clock;

    @Inject
    PermitOffice(
            Jdbi jdbi,
            PermitStore permits,
            PermitBooks books,
            PolicyStore policies,
            MediaStore media,
            EventSearch events,
            SecurityIdentity operator,
            Clock clock) {
        this.jdbi = jdbi;
        this.permits = permits;
        this.books = books;
        this.policies = policies;
        this.media = media;
        this.events = events;
        this.operator = operator;
        this.clock = clock;
    }

    /** Grants one. */
    UUID grant(Reach reach, NewPermit request) {
        Granting granting = granting(reach, request);
        PermitGrant grant = granting.grant();
        List<String> faults = PermitCheck.faults(grant);
        if (!faults.isEmpty()) {
            throw ProblemException.badRequest("This permit can't be granted: " + String.join("; ", faults));
        }
        jdbi.useHandle(handle -> {
            long revision = books.next(handle, grant.getTerminal());
            permits.insert(handle, granting, revision);
            List<PermitGrant> open = permits.open(handle, grant.getTerminal());
            if (open.size() > PermitCheck.MAX_PERMITS) {
                throw new ProblemException(
                        409,
                        "too-many-permits",
                        "A terminal has at most " + PermitCheck.MAX_PERMITS + " permits at a time; revoke some first");
            }
            books.renew(handle, grant.getTerminal(), revision, open);
        });
        return UUID.fromString(grant.getId());
    }

    private Granting granting(Reach reach, NewPermit request) {
        EventRef ref = request.event();
        AttemptEvent attempt = ref == null ? AttemptEvent.getDefaultInstance() : attempt(reach, ref);
        String terminal = required("terminal", request.terminal(), ref == null ? "" : ref.terminal());
        Segment segment = permits.segment(reach, terminal)
                .orElseThrow(() -> ProblemException.notFound("terminal in use", terminal));
        Channel channel = request.channel() == null
                ? attempt.getAttempt().getChannel()
                : WireNames.parse(Channel.class, request.channel());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant from = request.from() == null ? now : request.from();
        if (from.isBefore(now.minus(SKEW))
                || !request.until().isAfter(now)
                || !request.until().isAfter(from)
                || request.until().isAfter(from.plus(LONGEST))
                || from.isAfter(now.plus(LONGEST))) {
            throw ProblemException.badRequest("A permit begins within " + LONGEST.toDays()
                    + " days from now, and lasts " + LONGEST.toDays() + " days at most");
        }
        PermitGrant.Builder grant = PermitGrant.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setUser(required(
                        "user", request.user(), attempt.getCircumstances().getUser()))
                .setTerminal(terminal)
                .setChannel(channel)
                .setDirection(
                        request.direction() == PermitView.Direction.INWARD
                                ? PermitDirection.INWARD
                                : PermitDirection.OUTWARD)
                .addAllRules(rules(request, attempt, segment, channel))
                .setFromMicros(ChronoUnit.MICROS.between(Instant.EPOCH, from))
                .setUntilMicros(ChronoUnit.MICROS.between(Instant.EPOCH, request.until()))
                .setUses(request.uses() == null ? 1 : request.uses());
        if (request.files() != null) {
            request.files().stream()
                    .map(hash -> hash.toLowerCase(Locale.ROOT))
                    .distinct()
                    .forEach(grant::addFileSha256);
        }
        if (request.fileNames() != null) {
            request.fileNames().stream().map(String::strip).distinct().forEach(grant::addFileNames);
        }
        if (channel == Channel.MEDIA) {
            grant.setDevice(device(reach, request, attempt, segment));
        }
        return new Granting(
                grant.build(),
                request.medium(),
                from,
                request.until(),
                request.reason().strip(),
                operator.getPrincipal().getName(),
                ref);
    }

    private AttemptEvent attempt(Reach reach, EventRef ref) {
        var event = events.stored(reach, ref.terminal(), ref.seq())
                .orElseThrow(() -> ProblemException.notFound("event", ref.terminal() + "/" + ref.seq()))
                .event();
        if (!event.hasAttempt()) {
            throw new ProblemException(
                    422, "no-attempt", "Event " + ref.terminal() + "/" + ref.seq() + " is no attempt");
        }
        return event.getAttempt();
    }

    private DeviceIdentity device(Reach reach, NewPermit request, AttemptEvent attempt, Segment segment) {
        UUID registered = request.medium();
        if (registered != null) {
            MediumView medium =
                    media.find(reach, registered).orElseThrow(() -> ProblemException.notFound("medium", registered));
            if (medium.state() != MediumView.State.IN_USE || !medium.segment().equals(segment.name())) {
                throw new ProblemException(
                        409,
                        "medium-not-in-use",
                        "The medium " + medium.name() + " is " + medium.state() + " in " + medium.segment()
                                + "; a permit needs one that is in use in " + segment);
            }
            return medium.device().identity();
        }
        return request.device() == null
                ? Device.of(attempt.getAttempt().getMedia()).identity()
                : request.device().identity();
    }

    /** The rules named, or the attempt's own; each must let itself be lifted, or the permit would do nothing. */
    private List<String> rules(NewPermit request, AttemptEvent attempt, Segment segment, Channel channel) {
        Policy policy = Optional.ofNullable(policies.meant(segment).everybodys())
                .map(newest -> policy(newest.signed().getPayload()))
                .orElseThrow(() -> new ProblemException(
                        422, "no-policy", "No policy is published for " + segment + "; there is nothing to lift"));
        List<Rule> liftable = policy.getRulesList().stream()
                .filter(rule -> rule.getPermitMayLift() && !rule.getDisabled() && rule.getChannel() == channel)
                .toList();
        String own = attempt.getDecision().getRule();
        List<String> wanted =
                request.rules() != null ? request.rules() : own.isEmpty() ? List.<String>of() : List.of(own);
        for (String rule : wanted) {
            if (liftable.stream().noneMatch(one -> one.getId().equals(rule))) {
                throw new ProblemException(
                        422,
                        "rule-not-liftable",
                        "The current policy of " + segment + " has no rule " + rule + " for " + channel
                                + " that a permit may lift (permit-may-lift)");
            }
        }
        if (liftable.isEmpty()) {
            throw new ProblemException(
                    422,
                    "rule-not-liftable",
                    "The current policy of " + segment + " has no rule for " + channel
                            + " that a permit may lift (permit-may-lift)");
        }
        return wanted;
    }

    private static Policy policy(ByteString payload) {
        try {
            return SignedPayload.parseFrom(payload).getPolicy();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored policy cannot be read", e);
        }
    }

    private static String required(String name, @Nullable String given, String otherwise) {
        String value = given == null ? otherwise : given.strip();
        if (value.isEmpty() || value.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("Say for which " + name + " the permit is");
        }
        return value;
    }

    /** Takes one back. */
    void revoke(PermitView permit, String reason) {
        jdbi.useHandle(handle -> {
            if (!revoke(handle, permit.id(), permit.terminal(), reason)) {
                throw ProblemException.stale("The permit has ended, or was revoked before");
            }
        });
    }

    /** A medium that is not in use any more takes its permits with it. */
    void outOfUse(@Observes MediumOutOfUse event) {
        jdbi.useHandle(handle -> permits.onMedium(handle, event.medium())
                .forEach(held -> revoke(handle, held.id(), held.terminal(), event.reason())));
    }

    private boolean revoke(Handle handle, UUID id, String terminal, String reason) {
        long revision = books.next(handle, terminal);
        if (!permits.revoke(handle, id, operator.getPrincipal().getName(), reason, revision)) {
            return false;
        }
        books.renew(handle, terminal, revision, permits.open(handle, terminal));
        return true;
    }
}
