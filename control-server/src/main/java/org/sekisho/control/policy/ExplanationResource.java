package org.sekisho.control.policy;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventSearch;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.rest.WireNames;
import org.sekisho.policy.Explanation;
import org.sekisho.policy.Explanation.RuleTrace;
import org.sekisho.policy.Permit;
import org.sekisho.policy.Permits;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Decision;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;
import org.sekisho.v1.Verdict;

/** Why an attempt was decided as it was: every rule of the revision that decided, and how it stood. */
@Path("/api/v1/events/{terminal}/{seq}/explanation")
@Tag(name = "events")
@Produces(MediaType.APPLICATION_JSON)
@WithinBranch
public class ExplanationResource {
    private final EventSearch events;
    private final PolicyStore policies;
    private final Jurisdiction jurisdiction;

    @Inject
    ExplanationResource(EventSearch events, PolicyStore policies, Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
        this.events = events;
        this.policies = policies;
    }

    /** By the revision that decided, or by another one. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @Operation(operationId = "explainEvent", summary = "Why an attempt was decided so: the rules in order")
    public DecisionExplanation explain(
            @PathParam("terminal") String terminal,
            @PathParam("seq") long seq,
            @QueryParam("revision") @Min(1) @Nullable Long revision) {
        Event event = events.stored(jurisdiction.reach(), terminal, seq)
                .map(StoredEvent::event)
                .orElseThrow(() -> ProblemException.notFound("event", terminal + "/" + seq));
        if (!event.hasAttempt() || event.getAttempt().getDecision().getVerdictValue() == 0) {
            throw new ProblemException(422, "no-decision", "Event " + terminal + "/" + seq + " is no decided attempt");
        }
        AttemptEvent attempt = event.getAttempt();
        long by = revision == null ? attempt.getDecision().getRevision() : revision;
        if (by == 0) {
            return withoutPolicy(attempt.getDecision());
        }
        Policy policy = policies.signedFor(terminal, by)
                .map(ExplanationResource::policy)
                .orElseThrow(() -> ProblemException.notFound("policy revision", by));
        return view(
                attempt.getDecision(),
                policy,
                PolicyDecider.of(policy).explain(permits(attempt), attempt.getCircumstances(), attempt.getAttempt()));
    }

    /** What the terminal used, as far as this attempt shows of it: for this person, there, on this way out. */
    private static Permits permits(AttemptEvent event) {
        String id = event.getDecision().getPermit();
        if (id.isEmpty()) {
            return Permits.NONE;
        }
        MediaSubject medium = event.getAttempt().getMedia();
        boolean inward = event.getDecision().getVerdict() == Verdict.READ_ONLY;
        return new Permits.Granted(List.of(new Permit(PermitGrant.newBuilder()
                .setId(id)
                .setUser(event.getCircumstances().getUser())
                .setTerminal(event.getCircumstances().getTerminal())
                .setChannel(event.getAttempt().getChannel())
                .setDirection(inward ? PermitDirection.INWARD : PermitDirection.OUTWARD)
                .setDevice(DeviceIdentity.newBuilder()
                        .setDeviceHash(medium.getDeviceHash())
                        .setVendorId(medium.getVendorId())
                        .setProductId(medium.getProductId())
                        .setSerial(medium.getSerial()))
                .build())));
    }

    /** The terminal had none, and denied. */
    private static DecisionExplanation withoutPolicy(Decision recorded) {
        return new DecisionExplanation(
                0,
                true,
                WireNames.verdict(recorded.getVerdictValue()),
                null,
                Lifting.NOT_LIFTABLE,
                WireNames.verdict(recorded.getVerdictValue()),
                null,
                List.of());
    }

    private static DecisionExplanation view(Decision recorded, Policy policy, Explanation explanation) {
        Decision decision = explanation.decision();
        List<RuleStanding> standings = new ArrayList<>();
        List<RuleTrace> traces = explanation.rules();
        for (int i = 0; i < traces.size(); i++) {
            RuleTrace trace = traces.get(i);
            String description = policy.getRules(i).getDescription();
            standings.add(new RuleStanding(
                    trace.rule(),
                    description.isEmpty() ? null : description,
                    WireNames.verdict(policy.getRules(i).getVerdictValue()),
                    Standing.valueOf(trace.standing().name()),
                    trace.condition().isEmpty() ? null : trace.condition()));
        }
        return new DecisionExplanation(
                policy.getRevision(),
                decision.getVerdict() == recorded.getVerdict()
                        && decision.getRule().equals(recorded.getRule()),
                WireNames.verdict(decision.getVerdictValue()),
                decision.getRule().isEmpty() ? null : decision.getRule(),
                Lifting.valueOf(explanation.lifting().name()),
                WireNames.verdict(explanation.alone().getVerdictValue()),
                decision.getPermit().isEmpty() ? null : decision.getPermit(),
                standings);
    }

    private static Policy policy(Signed signed) {
        try {
            return SignedPayload.parseFrom(signed.getPayload()).getPolicy();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored policy cannot be read", e);
        }
    }

    /**
     * Why.
     *
     * @param revision that explains; 0: the terminal had no policy, and denied
     * @param same whether it decides as the terminal recorded; if not, content that could not be inspected or a failure may
     *     have made the difference
     * @param verdict with the permit that the terminal used
     * @param rule that decides; absent: the channel's default
     * @param lifting what permits have to do with it
     * @param alone verdict without any permit
     * @param permit id of the one that lifted the rule; absent: none did
     * @param rules in order
     */
    @Schema(requiredProperties = {"revision", "same", "verdict", "lifting", "alone", "rules"})
    public record DecisionExplanation(
            long revision,
            boolean same,
            String verdict,
            @Nullable String rule,
            Lifting lifting,
            String alone,
            @Nullable String permit,
            List<RuleStanding> rules) {}

    /** What permits have to do with a decision. */
    public enum Lifting {
        /** Nothing is restricted that a permit would be needed for. */
        NOT_NEEDED,
        /** No permit may lift what decided. */
        NOT_LIFTABLE,
        /** A permit may lift the rule, and none was in force for this. */
        NONE_IN_FORCE,
        /** A permit lifted the rule. */
        LIFTED
    }

    /**
     * How one rule stood.
     *
     * @param condition the first condition that did not hold, as in the YAML, such as {@code clipboard.destination.paths}
     */
    @Schema(requiredProperties = {"rule", "verdict", "standing"})
    public record RuleStanding(
            String rule,
            @Nullable String description,
            String verdict,
            Standing standing,
            @Nullable String condition) {}

    /** How a rule stood to an attempt. */
    public enum Standing {
        /** It decided. */
        DECIDED,
        /** Its conditions hold, but an earlier rule had decided. */
        TOO_LATE,
        /** A condition does not hold. */
        NO_MATCH,
        /** It is for another channel. */
        OTHER_CHANNEL,
        /** It is disabled. */
        DISABLED
    }
}
