package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.statistics.Statistics;
import org.sekisho.policy.Change.Direction;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;

/** What the checker and the diff claim is tried on attempts that nobody chose. */
class SoundnessTest {
    private static final int ATTEMPTS = 120;
    private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.randomValue(SoundnessTest::policy);
    }

    @Provide
    Arbitrary<Tuple2<Policy, Policy>> versions() {
        return Arbitraries.randomValue(random -> {
            Policy before = policy(random);
            return Tuple.of(before, changed(before, random));
        });
    }

    private static Policy policy(Random random) {
        return new RandomMessages(random, true).fill(Policy.newBuilder()).build();
    }

    /** A few edits, as a person makes them. */
    private static Policy changed(Policy before, Random random) {
        Policy other = policy(random);
        Policy.Builder after = before.toBuilder();
        for (int edits = 1 + random.nextInt(2); edits > 0; edits--) {
            List<Rule> rules = new ArrayList<>(after.getRulesList());
            int index = rules.isEmpty() ? 0 : random.nextInt(rules.size());
            switch (random.nextInt(7)) {
                case 0 -> Collections.shuffle(rules, random);
                case 1 -> {
                    if (!rules.isEmpty()) {
                        rules.remove(index);
                    }
                }
                case 2 -> {
                    if (other.getRulesCount() > 0) {
                        rules.add(
                                index,
                                other.getRules(0).toBuilder()
                                        .setId("r" + (20 + edits))
                                        .build());
                    }
                }
                case 3 -> {
                    if (!rules.isEmpty() && other.getRulesCount() > 0) {
                        rules.set(
                                index,
                                other.getRules(0).toBuilder()
                                        .setId(rules.get(index).getId())
                                        .build());
                    }
                }
                case 4 -> after.clearDeviceGroups().addAllDeviceGroups(other.getDeviceGroupsList());
                case 5 -> after.clearDefaults().addAllDefaults(other.getDefaultsList());
                default -> {
                    if (!rules.isEmpty()) {
                        rules.set(index, edited(rules.get(index), random));
                    }
                }
            }
            after.clearRules().addAllRules(rules);
        }
        return after.build();
    }

    private static Rule edited(Rule rule, Random random) {
        Rule.Builder edited = rule.toBuilder();
        switch (random.nextInt(7)) {
            case 0 -> edited.setDisabled(!rule.getDisabled());
            case 1 -> edited.clearWho();
            case 2 -> edited.clearContent();
            case 3 -> edited.clearWhat();
            case 4 -> edited.setPermitMayLift(!rule.getPermitMayLift());
            case 5 -> edited.setVerdictValue(1 + random.nextInt(5));
            default -> edited.clearWhen();
        }
        return edited.build();
    }

    private static Attempt attempt(Random random) {
        return new RandomMessages(random, true).fill(Attempt.newBuilder()).build();
    }

    private static Circumstances circumstances(Random random) {
        return new RandomMessages(random, true).fill(Circumstances.newBuilder()).build();
    }

    /** Lift whatever lets itself be lifted, for this attempt. */
    private static Permits permits(Circumstances where, Attempt attempt, PermitDirection direction) {
        PermitGrant.Builder grant = PermitGrant.newBuilder()
                .setId("p")
                .setUser(where.getUser())
                .setTerminal(where.getTerminal())
                .setChannel(attempt.getChannel())
                .setDirection(direction);
        if (attempt.getChannel() == Channel.MEDIA) {
            grant.setDevice(DeviceIdentity.newBuilder()
                    .setDeviceHash(attempt.getMedia().getDeviceHash())
                    .setVendorId(attempt.getMedia().getVendorId())
                    .setProductId(attempt.getMedia().getProductId())
                    .setSerial(attempt.getMedia().getSerial()));
        }
        return new Permits.Granted(List.of(new Permit(grant.build())));
    }

    @Property(tries = 400)
    void aRuleReportedAsShadowedNeverDecides(@ForAll("policies") Policy policy, @ForAll Random random) {
        Set<String> never = PolicyCheck.check(policy, NOW).stream()
                .filter(finding -> Set.of(
                                FindingCode.SHADOWED,
                                FindingCode.REDUNDANT,
                                FindingCode.CONTRADICTORY,
                                FindingCode.NEVER_MATCHES,
                                FindingCode.EMPTY_DATE_RANGE,
                                FindingCode.SUBJECT_NOT_OF_CHANNEL)
                        .contains(finding.code()))
                .map(Finding::rule)
                .collect(Collectors.toSet());
        PolicyDecider decider = PolicyDecider.of(policy);
        Statistics.label("shadowed").collect(!never.isEmpty());

        for (int i = 0; i < ATTEMPTS && !never.isEmpty(); i++) {
            assertThat(never)
                    .doesNotContain(decider.decide(circumstances(random), attempt(random))
                            .getRule());
        }
    }

    @Property(tries = 800)
    void whereNothingLoosensNoAttemptIsDecidedLessStrictly(
            @ForAll("versions") Tuple2<Policy, Policy> versions, @ForAll Random random) {
        List<Change> changes = PolicyDiff.between(versions.get1(), versions.get2());
        Direction direction = PolicyDiff.overall(changes);
        Statistics.label("direction").collect(direction);
        if (direction == Direction.LOOSENS) {
            return;
        }
        PolicyDecider before = PolicyDecider.of(versions.get1());
        PolicyDecider after = PolicyDecider.of(versions.get2());

        for (int i = 0; i < ATTEMPTS; i++) {
            Attempt attempt = attempt(random);
            Circumstances where = circumstances(random);
            Permits outward = permits(where, attempt, PermitDirection.OUTWARD);
            Permits inward = permits(where, attempt, PermitDirection.INWARD);
            for (Permits permits : List.of(Permits.NONE, outward, inward)) {
                Decision old = before.decide(permits, where, attempt);
                Decision now = after.decide(permits, where, attempt);
                if (direction == Direction.NEUTRAL) {
                    assertThat(now.getVerdict()).as("%s", changes).isEqualTo(old.getVerdict());
                } else {
                    assertThat(now.getVerdict()).as("%s", changes).isGreaterThanOrEqualTo(old.getVerdict());
                }
            }
        }
    }

    @Property(tries = 200)
    void theSameAttemptIsDecidedAlikeByEveryDeciderOfAPolicy(@ForAll("policies") Policy policy, @ForAll Random random)
            throws PolicySyntaxException {
        PolicyDecider decider = PolicyDecider.of(policy);
        PolicyDecider again = PolicyDecider.of(
                PolicyDocument.parse(PolicyDocument.render(policy)).policy());

        for (int i = 0; i < ATTEMPTS; i++) {
            Attempt attempt = attempt(random);
            Circumstances where = circumstances(random);
            Decision decision = decider.decide(where, attempt);
            Statistics.label("by rule").collect(!decision.getRule().isEmpty());
            assertThat(again.decide(where, attempt)).isEqualTo(decision);
            assertThat(decider.decide(where, attempt)).isEqualTo(decision);
            assertThat(decider.explain(where, attempt).decision()).isEqualTo(decision);
            assertThat(decider.explain(where, attempt).rules())
                    .filteredOn(trace -> trace.standing() == Explanation.Standing.DECIDED)
                    .extracting(Explanation.RuleTrace::rule)
                    .isEqualTo(decision.getRule().isEmpty() ? List.of() : List.of(decision.getRule()));
        }
    }

    @Property(tries = 200)
    void aPolicyDoesNotDifferFromItself(@ForAll("policies") Policy policy) {
        assertThat(PolicyDiff.between(policy, policy)).isEmpty();
    }

    @Property(tries = 300)
    void theDeciderTakesAnyMessage(@ForAll Random random) {
        Policy policy =
                new RandomMessages(random, false).fill(Policy.newBuilder()).build();
        Attempt attempt =
                new RandomMessages(random, false).fill(Attempt.newBuilder()).build();
        Circumstances where = new RandomMessages(random, false)
                .fill(Circumstances.newBuilder())
                .build();

        Decision decision = PolicyDecider.of(policy).decide(where, attempt);

        assertThat(decision.getVerdictValue()).isBetween(1, 5);
        assertThat(PolicyCheck.check(policy, NOW)).isNotNull();
        assertThat(PolicyDiff.between(policy, Policy.getDefaultInstance())).isNotEmpty();
    }
}
