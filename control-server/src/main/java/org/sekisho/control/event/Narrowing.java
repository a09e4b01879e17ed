package org.sekisho.control.event;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * What shapes say of a search within some days: that nothing can match, that only events of these few shapes can, or that so many
 * shapes match that their events are met anyway by walking through the newest. Immutable.
 *
 * @param condition on the event's row; empty: none
 * @param shapes the condition's parameter, if it has one
 */
record Narrowing(boolean isNothing, String condition, List<Long> shapes) {
    static final Narrowing NONE = new Narrowing(false, "", List.of());
    private static final Narrowing NOTHING = new Narrowing(true, "", List.of());

    Narrowing {
        shapes = List.copyOf(shapes);
    }

    static Narrowing of(Handle handle, ShapeFilter filter, ReceivedDays days) {
        if (filter.isEmpty()) {
            return NONE;
        }
        Optional<ShapePlaces> few = ShapePlaces.few(handle, filter, days);
        if (few.isEmpty()) {
            return filter.isOfTexts() ? new Narrowing(false, lookUp(filter, days), List.of()) : NONE;
        }
        List<Long> shapes = few.get().shapes();
        if (!filter.isOfTexts()) {
            // Recorded before there were shapes: the row's own columns answer.
            return new Narrowing(false, "(shape = ANY (:shapes) OR shape IS NULL)", shapes);
        }
        return shapes.isEmpty() ? NOTHING : new Narrowing(false, "shape = ANY (:shapes)", shapes);
    }

    /** As a single value, so that it is looked up for the rows that are met, and not made a join over all. */
    private static String lookUp(ShapeFilter filter, ReceivedDays days) {
        return "(SELECT true FROM event_shape s WHERE s.day = (received_at AT TIME ZONE 'UTC')::date"
                + " AND s.hash = shape AND " + days.shapeCondition() + " AND " + filter.textCondition() + ")";
    }

    <S extends SqlStatement<S>> S bind(S statement, ShapeFilter filter) {
        if (condition.contains(":shapes")) {
            return statement.bindArray("shapes", Long.class, shapes.toArray());
        }
        return condition.isEmpty() ? statement : filter.bind(statement);
    }
}
