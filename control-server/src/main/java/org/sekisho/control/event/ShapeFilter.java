package org.sekisho.control.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.shape.Facet;
import org.sekisho.control.event.shape.SearchText;

/**
 * The part of a search that shapes answer: the terms that a shape must have, which the index finds, and for texts the look at the
 * text itself. Not thread-safe.
 */
final class ShapeFilter {
    private final Set<Integer> terms = new TreeSet<>();
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private boolean texts;

    void kind(int number) {
        terms.add(Facet.KIND.term(number));
    }

    void channel(int number) {
        terms.add(Facet.CHANNEL.term(number));
    }

    void verdict(int number) {
        terms.add(Facet.VERDICT.term(number));
    }

    void severity(int number) {
        terms.add(Facet.SEVERITY.term(number));
    }

    void rule(@Nullable String rule) {
        if (rule != null) {
            terms.add(Facet.RULE.term(rule));
        }
    }

    void label(@Nullable String label) {
        if (label != null) {
            terms.add(Facet.LABEL.term(label));
        }
    }

    void program(@Nullable String typed) {
        words("program", typed);
    }

    void device(@Nullable String typed) {
        words("device", typed);
    }

    void text(@Nullable String typed) {
        words("text", typed);
    }

    private void words(String column, @Nullable String typed) {
        if (typed == null) {
            return;
        }
        for (String word : SearchText.words(typed)) {
            String name = column + values.size();
            conditions.add("strpos(s." + column + ", :" + name + ") > 0");
            values.put(name, word);
            Arrays.stream(SearchText.termsOf(word)).forEach(terms::add);
            texts = true;
        }
    }

    /** Whether there is nothing that shapes could answer. */
    boolean isEmpty() {
        return terms.isEmpty() && conditions.isEmpty();
    }

    /** Whether only shapes can answer it: it asks for texts. */
    boolean isOfTexts() {
        return texts;
    }

    /** The condition on {@code event_shape s} of the texts alone. */
    String textCondition() {
        return String.join(" AND ", conditions);
    }

    /** The condition on {@code event_shape s}. */
    String condition() {
        List<String> all = new ArrayList<>();
        if (!terms.isEmpty()) {
            // Numbers only.
            all.add("s.terms @> '{" + terms.stream().map(String::valueOf).collect(Collectors.joining(",")) + "}'");
        }
        all.addAll(conditions);
        return String.join(" AND ", all);
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        values.forEach(statement::bind);
        return statement;
    }
}
