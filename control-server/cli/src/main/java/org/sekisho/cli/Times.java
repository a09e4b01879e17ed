package org.sekisho.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads points in time as operators type them: {@code 2026-11-22T10:00:00Z}, {@code 2026-11-22T10:00} and {@code 2026-11-22} in
 * the operator's zone, or a distance from now such as {@code 30m}, {@code 2h}, {@code 7d}.
 */
public final class Times {
    private static final Pattern DISTANCE = Pattern.compile("(\\d{1,6})([smhdw])");

    private final Shell shell;
    private final Texts texts;

    public Times(Shell shell, Texts texts) {
        this.shell = shell;
        this.texts = texts;
    }

    /** A distance is counted back from now. */
    public Instant past(String text) {
        Matcher distance = DISTANCE.matcher(text);
        return distance.matches() ? shell.clock().instant().minus(length(distance)) : point(text);
    }

    /** A distance is counted on from now. */
    public Instant future(String text) {
        Matcher distance = DISTANCE.matcher(text);
        return distance.matches() ? shell.clock().instant().plus(length(distance)) : point(text);
    }

    /** A length of time such as {@code 90s} or {@code 5m}. */
    public Duration length(String text) {
        Matcher distance = DISTANCE.matcher(text);
        if (!distance.matches()) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("time.bad-length", text));
        }
        return length(distance);
    }

    private static Duration length(Matcher distance) {
        ChronoUnit unit = switch (distance.group(2)) {
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            default -> ChronoUnit.WEEKS;
        };
        return unit.getDuration().multipliedBy(Long.parseLong(distance.group(1)));
    }

    private Instant point(String text) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            LocalDateTime local = text.contains("T")
                    ? LocalDateTime.parse(text)
                    : LocalDate.parse(text).atStartOfDay();
            return local.atZone(shell.zone()).toInstant();
        } catch (DateTimeException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("time.bad-point", text), e);
        }
    }
}
