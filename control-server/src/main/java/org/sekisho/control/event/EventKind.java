package org.sekisho.control.event;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.Locale;
import java.util.Optional;
import org.sekisho.v1.Event;

/** What kind of event: the wire's field in capitals, and its number in the store. */
public final class EventKind {
    private static final OneofDescriptor BODY =
            Event.getDescriptor().getOneofs().getFirst();

    private EventKind() {}

    /** Such as {@code ATTEMPT}; {@code UNKNOWN} for what a newer terminal recorded. */
    public static String name(Event event) {
        return event.getBodyCase() == Event.BodyCase.BODY_NOT_SET
                ? "UNKNOWN"
                : event.getBodyCase().name();
    }

    /** The number under which the store keeps this name. */
    public static Optional<Integer> number(String name) {
        return BODY.getFields().stream()
                .filter(field -> field.getName().toUpperCase(Locale.ROOT).equals(name))
                .map(FieldDescriptor::getNumber)
                .findFirst();
    }
}
