package org.sekisho.control.event.shape;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PrintSubject;
import org.sekisho.v1.Process;

/**
 * Gathers the texts of an event by what they are. All of them have been masked by the terminal. Fields that a newer contract
 * adds are found as text without being named here. One event, one thread.
 */
final class EventTexts {
    private final StringBuilder programs = new StringBuilder();
    private final StringBuilder devices = new StringBuilder();
    private final StringBuilder others = new StringBuilder();

    static EventTexts of(Event event) {
        EventTexts texts = new EventTexts();
        if (event.hasAttempt()) {
            texts.attempt(event.getAttempt());
        } else {
            FieldDescriptor body = event.getOneofFieldDescriptor(
                    Event.getDescriptor().getOneofs().getFirst());
            if (body != null) {
                texts.all((Message) event.getField(body), texts.others);
            }
        }
        return texts;
    }

    String programs() {
        return programs.toString();
    }

    String devices() {
        return devices.toString();
    }

    String others() {
        return others.toString();
    }

    private void attempt(AttemptEvent attempt) {
        // Nearly all events are of the clipboard; the others' fields are many and rare.
        if (attempt.getAttempt().hasClipboard()) {
            ClipboardSubject clipboard = attempt.getAttempt().getClipboard();
            program(clipboard.getSource());
            program(clipboard.getDestination());
        } else {
            all(attempt.getAttempt(), others);
        }
        add(others, attempt.getJustification());
        add(others, attempt.getDecision().getFailure());
    }

    private void program(Process process) {
        add(programs, process.getPath());
        add(others, process.getWindowTitle());
        add(others, process.getSigner());
    }

    private void all(Message message, StringBuilder into) {
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (field.getKey().isRepeated()) {
                for (Object value : (List<?>) field.getValue()) {
                    one(value, into);
                }
            } else {
                one(field.getValue(), into);
            }
        }
    }

    private void one(Object value, StringBuilder into) {
        switch (value) {
            case String text -> add(into, text);
            case Process process -> program(process);
            case MediaSubject media -> {
                add(devices, media.getVendorId() + ":" + media.getProductId());
                all(media, devices);
            }
            case PrintSubject print -> {
                add(devices, print.getPrinter());
                add(devices, print.getDeviceUri());
                program(print.getProgram());
                add(others, print.getTitle());
            }
            case Message message -> all(message, into);
            default -> {
                // Numbers, enumerations and bytes are no text.
            }
        }
    }

    private static void add(StringBuilder into, String text) {
        if (!text.isEmpty()) {
            into.append(text).append('\n');
        }
    }
}
