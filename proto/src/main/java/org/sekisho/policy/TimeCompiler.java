package org.sekisho.policy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.NetworkState;
import org.sekisho.v1.TimeRange;
import org.sekisho.v1.When;

/** Turns a rule's `when` into its clauses. */
final class TimeCompiler {
    static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Tokyo");

    private static final int MINUTES_A_DAY = 1440;
    private static final int DAYS_A_WEEK = 7;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    private TimeCompiler() {}

    static void compile(When when, List<Clause> clauses) {
        ZoneId zone = zone(when.getZone());
        if (when.getWeekdaysCount() > 0) {
            add("when.weekdays", TimeCriterion.Unit.DAY_OF_WEEK, weekdays(when), DAYS_A_WEEK, zone, clauses);
        }
        if (when.getTimesCount() > 0) {
            add("when.times", TimeCriterion.Unit.MINUTE_OF_DAY, minutes(when), MINUTES_A_DAY, zone, clauses);
        }
        if (!when.getFromDate().isEmpty() || !when.getUntilDate().isEmpty()) {
            LocalDate first = when.getFromDate().isEmpty() ? LocalDate.MIN : date(when.getFromDate());
            LocalDate last = when.getUntilDate().isEmpty() ? LocalDate.MAX : date(when.getUntilDate());
            clauses.add(new Clause("when.dates", dates(first, last, zone)));
        }
        if (when.getNetwork() != NetworkState.NETWORK_STATE_UNSPECIFIED) {
            Set<NetworkState> states = MediaCompiler.known(List.of(when.getNetwork()));
            clauses.add(new Clause(
                    "when.network",
                    RuleCompiler.oneOf(states, c -> c.circumstances().getNetwork())));
        }
    }

    private static Criterion dates(@Nullable LocalDate first, @Nullable LocalDate last, @Nullable ZoneId zone) {
        if (first == null || last == null || zone == null || last.isBefore(first)) {
            return new Criterion.Never();
        }
        return new TimeCriterion(
                TimeCriterion.Unit.DATE, zone, new TimeCriterion.Between(first.toEpochDay(), last.toEpochDay()));
    }

    private static void add(
            String path, TimeCriterion.Unit unit, BitSet bits, int all, @Nullable ZoneId zone, List<Clause> clauses) {
        if (zone == null || bits.isEmpty()) {
            clauses.add(new Clause(path, new Criterion.Never()));
        } else if (bits.cardinality() < all) {
            clauses.add(new Clause(path, new TimeCriterion(unit, zone, new TimeCriterion.Some(bits))));
        }
    }

    static boolean isWeekday(int day) {
        return day >= 1 && day <= DAYS_A_WEEK;
    }

    private static BitSet weekdays(When when) {
        BitSet days = new BitSet();
        when.getWeekdaysList().stream().filter(TimeCompiler::isWeekday).forEach(days::set);
        return days;
    }

    static boolean isValid(TimeRange range) {
        return range.getFromMinute() >= 0
                && range.getFromMinute() < MINUTES_A_DAY
                && range.getUntilMinute() >= 0
                && range.getUntilMinute() <= MINUTES_A_DAY;
    }

    private static BitSet minutes(When when) {
        BitSet minutes = new BitSet();
        for (TimeRange range : when.getTimesList()) {
            if (!isValid(range)) {
                continue;
            }
            if (range.getUntilMinute() > range.getFromMinute()) {
                minutes.set(range.getFromMinute(), range.getUntilMinute());
            } else {
                minutes.set(range.getFromMinute(), MINUTES_A_DAY);
                minutes.set(0, range.getUntilMinute());
            }
        }
        return minutes;
    }

    /** Null when the text is no date of the ISO calendar. */
    static @Nullable LocalDate date(String text) {
        try {
            return LocalDate.parse(text, DATE);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    /** Asia/Tokyo where nothing is stated; null when there is no such zone. */
    static @Nullable ZoneId zone(String text) {
        try {
            return text.isEmpty() ? DEFAULT_ZONE : ZoneId.of(text);
        } catch (DateTimeException notAZone) {
            return null;
        }
    }
}
