package org.sekisho.control.event;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The few shapes that can match a search, by the days on which they came, newest first. Immutable.
 *
 * @param byDay hashes of shapes
 */
record ShapePlaces(List<Map.Entry<LocalDate, List<Long>>> byDay) {
    /** With more, one event in a few hundred matches. */
    private static final int FEW = 1_000;
    /** A frequent shape comes some hundred times a day; so many are read at once in the blink of an eye. */
    private static final int FIRST_PORTION = 64;

    private static final int GROWTH = 4;
    /** All that is asked for or shown. */
    private static final String COLUMNS = "id, received_at, branch, incident, body, terminal, kind, channel, verdict,"
            + " severity, user_name, rule, labels, occurred_at";

    ShapePlaces {
        byDay = List.copyOf(byDay);
    }

    /** Empty if there are more than a few. */
    static Optional<ShapePlaces> few(Handle handle, ShapeFilter filter, ReceivedDays days) {
        TreeMap<LocalDate, List<Long>> byDay = new TreeMap<>();
        int found = filter.bind(handle.createQuery("SELECT s.day, s.hash FROM event_shape s WHERE "
                        + days.shapeCondition() + " AND " + filter.condition() + " LIMIT " + (FEW + 1)))
                .map((row, context) -> byDay.computeIfAbsent(
                                row.getObject("day", LocalDate.class), day -> new ArrayList<>())
                        .add(row.getLong("hash")))
                .list()
                .size();
        return found > FEW
                ? Optional.empty()
                : Optional.of(new ShapePlaces(List.copyOf(byDay.descendingMap().entrySet())));
    }

    /** All of them, each once. */
    List<Long> shapes() {
        return byDay.stream().flatMap(day -> day.getValue().stream()).distinct().toList();
    }

    /** The same in portions of whole days, each four times as large as the one before. */
    List<ShapePlaces> portions() {
        List<ShapePlaces> portions = new ArrayList<>();
        List<Map.Entry<LocalDate, List<Long>>> portion = new ArrayList<>();
        int room = FIRST_PORTION;
        int taken = 0;
        for (Map.Entry<LocalDate, List<Long>> day : byDay) {
            if (taken > 0 && taken + day.getValue().size() > room) {
                portions.add(new ShapePlaces(portion));
                portion = new ArrayList<>();
                taken = 0;
                room *= GROWTH;
            }
            portion.add(day);
            taken += day.getValue().size();
        }
        if (taken > 0) {
            portions.add(new ShapePlaces(portion));
        }
        return portions;
    }

    /**
     * Their events, as what follows {@code FROM}: each day's table is asked for its own shapes, by its index of them. With one
     * question of all days the planner takes ten times as long, and may walk instead.
     */
    String events() {
        return byDay.stream()
                .map(day -> "SELECT " + COLUMNS + " FROM " + DayTable.of(day.getKey()) + " WHERE shape = ANY ('{"
                        + day.getValue().stream().map(String::valueOf).collect(Collectors.joining(",")) + "}')")
                .collect(Collectors.joining(" UNION ALL ", "(", ") event"));
    }
}
