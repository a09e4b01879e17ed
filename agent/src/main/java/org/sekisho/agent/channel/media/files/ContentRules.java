package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ContentCondition;
import org.sekisho.v1.Label;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;

/**
 * What the running policy asks about the content of files on media. Thread-safe.
 *
 * @param policy that is running; the default instance where there is none, which lets nothing through
 */
record ContentRules(Supplier<Policy> policy) {
    ContentRules {
        requireNonNull(policy, "policy is null");
    }

    /** Whether it asks at all, so that nothing may reach a medium before it has been looked into. True without a policy. */
    boolean any() {
        Policy running = policy.get();
        return running.getRevision() == 0 || rules(running).anyMatch(rule -> rule.getContentCount() > 0);
    }

    /**
     * The same attempt, once for each content that could make a difference to it: as little of it as a condition asks for,
     * so that whatever decides about more decides about that.
     */
    List<Attempt> carrying(Attempt attempt) {
        return rules(policy.get())
                .flatMap(rule -> rule.getContentList().stream())
                .distinct()
                .map(condition -> carrying(attempt, condition))
                .toList();
    }

    private static Attempt carrying(Attempt attempt, ContentCondition condition) {
        List<Label> labels = new ArrayList<>(attempt.getLabelsList());
        labels.removeIf(label -> label.getLabel().equals(condition.getLabel()));
        labels.add(Label.newBuilder()
                .setLabel(condition.getLabel())
                .setCount(Integer.compareUnsigned(condition.getMinCount(), 1) < 0 ? 1 : condition.getMinCount())
                .setGradeValue(condition.getMinGradeValue())
                .build());
        return attempt.toBuilder().clearLabels().addAllLabels(labels).build();
    }

    private static Stream<Rule> rules(Policy running) {
        return running.getRulesList().stream()
                .filter(rule -> !rule.getDisabled() && rule.getChannel() == Channel.MEDIA);
    }
}
