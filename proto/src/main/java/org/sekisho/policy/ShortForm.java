package org.sekisho.policy;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.PortRange;
import org.sekisho.v1.TimeRange;

/**
 * Values that people write shorter than the contract holds them: times {@code 08:30-17:15}, ports {@code 443} and
 * {@code 8000-8100}, days {@code mon} to {@code sun}, sizes {@code 64MiB}. Reading what was written gives the same value.
 */
enum ShortForm {
    TIMES {
        @Override
        @Nullable
        Object read(String text) {
            Matcher matcher = TIMES_PATTERN.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            int from = minutes(matcher.group(1), matcher.group(2));
            int until = minutes(matcher.group(3), matcher.group(4));
            if (from >= MINUTES_A_DAY || until > MINUTES_A_DAY) {
                return null;
            }
            return TimeRange.newBuilder()
                    .setFromMinute(from)
                    .setUntilMinute(until)
                    .build();
        }

        @Override
        @Nullable
        String write(Object value) {
            TimeRange range = (TimeRange) value;
            return inDay(range.getFromMinute(), MINUTES_A_DAY - 1) && inDay(range.getUntilMinute(), MINUTES_A_DAY)
                    ? clock(range.getFromMinute()) + "-" + clock(range.getUntilMinute())
                    : null;
        }
    },
    PORTS {
        @Override
        @Nullable
        Object read(String text) {
            Matcher matcher = PORTS_PATTERN.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            PortRange.Builder range = PortRange.newBuilder().setFirst(Integer.parseInt(matcher.group(1)));
            if (matcher.group(2) != null) {
                range.setLast(Integer.parseInt(matcher.group(2)));
            }
            return port(range.getFirst()) && (matcher.group(2) == null || port(range.getLast())) ? range.build() : null;
        }

        @Override
        @Nullable
        String write(Object value) {
            PortRange range = (PortRange) value;
            if (!port(range.getFirst()) || (range.getLast() != 0 && !port(range.getLast()))) {
                return null;
            }
            return range.getLast() == 0 ? Integer.toString(range.getFirst()) : range.getFirst() + "-" + range.getLast();
        }
    },
    DAYS {
        @Override
        @Nullable
        Object read(String text) {
            int index = DAY_NAMES.indexOf(text);
            return index < 0 ? null : index + 1;
        }

        @Override
        @Nullable
        String write(Object value) {
            int day = (Integer) value;
            return day >= 1 && day <= DAY_NAMES.size() ? DAY_NAMES.get(day - 1) : null;
        }
    },
    SIZE {
        @Override
        @Nullable
        Object read(String text) {
            Matcher matcher = SIZE_PATTERN.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            int shift = matcher.group(2) == null ? 0 : Objects.requireNonNull(SHIFTS.get(matcher.group(2)));
            try {
                long number = Long.parseUnsignedLong(matcher.group(1));
                return number << shift >>> shift == number ? number << shift : null;
            } catch (NumberFormatException tooLarge) {
                return null;
            }
        }

        @Override
        String write(Object value) {
            long bytes = (Long) value;
            for (String unit : List.of("GiB", "MiB", "KiB")) {
                int shift = Objects.requireNonNull(SHIFTS.get(unit));
                if (bytes != 0 && bytes >>> shift << shift == bytes) {
                    return Long.toUnsignedString(bytes >>> shift) + unit;
                }
            }
            return Long.toUnsignedString(bytes);
        }
    };

    private static final int MINUTES_A_DAY = 1440;
    private static final int LAST_PORT = 65_535;
    private static final List<String> DAY_NAMES = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Map<String, Integer> SHIFTS = Map.of("KiB", 10, "MiB", 20, "GiB", 30);
    private static final Pattern TIMES_PATTERN = Pattern.compile("([0-2]\\d):([0-5]\\d)-([0-2]\\d):([0-5]\\d)");
    private static final Pattern PORTS_PATTERN = Pattern.compile("([1-9]\\d{0,4})(?:-([1-9]\\d{0,4}))?");
    private static final Pattern SIZE_PATTERN = Pattern.compile("(0|[1-9]\\d{0,19})(KiB|MiB|GiB)?");

    private static final Map<String, ShortForm> BY_FIELD = Map.of(
            "When.times", TIMES,
            "NetworkCondition.ports", PORTS,
            "When.weekdays", DAYS,
            "ClipboardCondition.min_bytes", SIZE,
            "ShadowCopies.most_bytes", SIZE);

    /** The value that a text stands for (a message or a boxed number); null when it stands for none. */
    abstract @Nullable Object read(String text);

    /** The text that stands for a value; null when there is none. */
    abstract @Nullable String write(Object value);

    /** Null when the field is written as the contract holds it. */
    static @Nullable ShortForm of(FieldDescriptor field) {
        return BY_FIELD.get(Vocabulary.shortName(field));
    }

    /** Name of the form in the messages. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static int minutes(String hours, String minutes) {
        return Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    }

    private static boolean inDay(int minute, int last) {
        return minute >= 0 && minute <= last;
    }

    private static boolean port(int number) {
        return number >= 1 && number <= LAST_PORT;
    }

    private static String clock(int minute) {
        return String.format(Locale.ROOT, "%02d:%02d", minute / 60, minute % 60);
    }
}
