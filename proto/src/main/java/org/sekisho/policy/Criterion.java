package org.sekisho.policy;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Whether a condition holds, and how two conditions on the same thing relate. {@code covers} and {@code excludes} are
 * sound: true is certain, false may mean that it is not known. What is not known of an attempt (an empty text, an unset
 * value) meets no stated condition.
 */
sealed interface Criterion
        permits Criterion.Never,
                Criterion.Patterns,
                Criterion.Paths,
                Criterion.OneOf,
                Criterion.AnyOf,
                Criterion.AtLeast,
                Criterion.OrgUnits,
                ContentCriterion,
                TimeCriterion,
                DestinationCriterion,
                PortCriterion,
                InterfaceCriterion,
                GroupCriterion {
    boolean holds(Case attempted);

    boolean covers(Criterion other);

    boolean excludes(Criterion other);

    /** Cannot hold: what is stated has no meaning. */
    record Never() implements Criterion {
        @Override
        public boolean holds(Case attempted) {
            return false;
        }

        @Override
        public boolean covers(Criterion other) {
            return false;
        }

        @Override
        public boolean excludes(Criterion other) {
            return true;
        }
    }

    /**
     * Any of the texts matches any of the patterns.
     *
     * @param single whether there is never more than one text
     * @param fold whether case is left out of account; the patterns are folded already
     */
    record Patterns(List<Glob> globs, Function<Case, List<String>> texts, boolean single, boolean fold)
            implements Criterion {
        @Override
        public boolean holds(Case attempted) {
            for (String text : texts.apply(attempted)) {
                if (!text.isEmpty() && matches(fold ? CaseFold.fold(text) : text)) {
                    return true;
                }
            }
            return false;
        }

        private boolean matches(String text) {
            for (Glob glob : globs) {
                if (glob.matches(text)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean covers(Criterion other) {
            return other instanceof Patterns that
                    && that.globs.stream().allMatch(narrow -> globs.stream().anyMatch(wide -> wide.covers(narrow)));
        }

        @Override
        public boolean excludes(Criterion other) {
            return single
                    && other instanceof Patterns that
                    && globs.stream().allMatch(one -> that.globs.stream().allMatch(one::excludes));
        }
    }

    /** The path matches any of the patterns. */
    record Paths(List<PathGlob> globs, Function<Case, String> path) implements Criterion {
        @Override
        public boolean holds(Case attempted) {
            String known = path.apply(attempted);
            if (known.isEmpty()) {
                return false;
            }
            for (PathGlob glob : globs) {
                if (glob.matches(known)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean covers(Criterion other) {
            return other instanceof Paths that
                    && that.globs.stream().allMatch(narrow -> globs.stream().anyMatch(wide -> wide.covers(narrow)));
        }

        @Override
        public boolean excludes(Criterion other) {
            return other instanceof Paths that
                    && globs.stream().allMatch(one -> that.globs.stream().allMatch(one::excludes));
        }
    }

    /** The one value is among these. */
    record OneOf(Set<?> values, Function<Case, ?> value) implements Criterion {
        @Override
        public boolean holds(Case attempted) {
            return values.contains(value.apply(attempted));
        }

        @Override
        public boolean covers(Criterion other) {
            return other instanceof OneOf that && values.containsAll(that.values);
        }

        @Override
        public boolean excludes(Criterion other) {
            return other instanceof OneOf that && that.values.stream().noneMatch(values::contains);
        }
    }

    /** Any of several values is among these. */
    record AnyOf(Set<?> values, Function<Case, ? extends List<?>> present) implements Criterion {
        @Override
        public boolean holds(Case attempted) {
            for (Object value : present.apply(attempted)) {
                if (values.contains(value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean covers(Criterion other) {
            return other instanceof AnyOf that && values.containsAll(that.values);
        }

        @Override
        public boolean excludes(Criterion other) {
            // One attempt may carry both.
            return false;
        }
    }

    /** A number, unsigned, is at least this one. */
    record AtLeast(long least, ToLongFunction<Case> number) implements Criterion {
        @Override
        public boolean holds(Case attempted) {
            return Long.compareUnsigned(number.applyAsLong(attempted), least) >= 0;
        }

        @Override
        public boolean covers(Criterion other) {
            return other instanceof AtLeast that && Long.compareUnsigned(least, that.least) <= 0;
        }

        @Override
        public boolean excludes(Criterion other) {
            return false;
        }
    }

    /** The person's place in the organisation is one of these or below it. */
    record OrgUnits(List<String> units) implements Criterion {
        @Override
        public boolean holds(Case attempted) {
            String place = attempted.circumstances().getOrgUnit();
            return !place.isEmpty() && units.stream().anyMatch(unit -> isWithin(place, unit));
        }

        private static boolean isWithin(String place, String unit) {
            return place.startsWith(unit) && (place.length() == unit.length() || place.charAt(unit.length()) == '/');
        }

        @Override
        public boolean covers(Criterion other) {
            return other instanceof OrgUnits that
                    && that.units.stream().allMatch(narrow -> units.stream().anyMatch(wide -> isWithin(narrow, wide)));
        }

        @Override
        public boolean excludes(Criterion other) {
            return other instanceof OrgUnits that
                    && units.stream()
                            .allMatch(one ->
                                    that.units.stream().noneMatch(two -> isWithin(one, two) || isWithin(two, one)));
        }
    }
}
