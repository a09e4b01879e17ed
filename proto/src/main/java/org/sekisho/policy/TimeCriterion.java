package org.sekisho.policy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.BitSet;

/**
 * A time within a set, read in a zone.
 *
 * @param unit what the set counts
 * @param times immutable by convention: nobody keeps the set that was handed in
 */
record TimeCriterion(Unit unit, ZoneId zone, Span times) implements Criterion {

    /** What of a local time is looked at. */
    enum Unit {
        /** 1 = Monday … 7 = Sunday, of the moment itself: a range over midnight goes on into the next day. */
        DAY_OF_WEEK,
        /** 0..1439. */
        MINUTE_OF_DAY,
        /** Days since the epoch. */
        DATE;

        long of(LocalDateTime time) {
            return switch (this) {
                case DAY_OF_WEEK -> time.getDayOfWeek().getValue();
                case MINUTE_OF_DAY -> time.getHour() * 60L + time.getMinute();
                case DATE -> time.toLocalDate().toEpochDay();
            };
        }
    }

    /** A set of times. */
    sealed interface Span {
        boolean has(long time);

        boolean covers(Span other);

        boolean meets(Span other);
    }

    /** Some of few. */
    record Some(BitSet bits) implements Span {
        @Override
        public boolean has(long time) {
            return bits.get((int) time);
        }

        @Override
        public boolean covers(Span other) {
            if (!(other instanceof Some that)) {
                return false;
            }
            BitSet missing = (BitSet) that.bits.clone();
            missing.andNot(bits);
            return missing.isEmpty();
        }

        @Override
        public boolean meets(Span other) {
            return !(other instanceof Some that) || bits.intersects(that.bits);
        }
    }

    /** From one to another, both in. */
    record Between(long first, long last) implements Span {
        @Override
        public boolean has(long time) {
            return time >= first && time <= last;
        }

        @Override
        public boolean covers(Span other) {
            return other instanceof Between that && first <= that.first && last >= that.last;
        }

        @Override
        public boolean meets(Span other) {
            return !(other instanceof Between that) || (first <= that.last && that.first <= last);
        }
    }

    @Override
    public boolean holds(Case attempted) {
        return times.has(unit.of(attempted.at(zone)));
    }

    @Override
    public boolean covers(Criterion other) {
        return other instanceof TimeCriterion that
                && unit == that.unit
                && zone.equals(that.zone)
                && times.covers(that.times);
    }

    @Override
    public boolean excludes(Criterion other) {
        return other instanceof TimeCriterion that
                && unit == that.unit
                && zone.equals(that.zone)
                && !times.meets(that.times);
    }
}
