package org.sekisho.control.event;

import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Process;

/** From where to where an event went: programs, devices, printers, hosts. All text has been masked by the terminal. */
record EventParties(
        @Nullable String channel,
        @Nullable String source,
        @Nullable String destination) {
    private static final EventParties NONE = new EventParties(null, null, null);

    static EventParties of(Event event) {
        if (event.hasChannelStateChanged()) {
            return new EventParties(
                    WireNames.channel(event.getChannelStateChanged().getState().getChannelValue()), null, null);
        }
        if (!event.hasAttempt()) {
            return NONE;
        }
        Attempt attempt = event.getAttempt().getAttempt();
        String channel = WireNames.channel(attempt.getChannelValue());
        return switch (attempt.getSubjectCase()) {
            case CLIPBOARD ->
                new EventParties(
                        channel,
                        program(attempt.getClipboard().getSource()),
                        program(attempt.getClipboard().getDestination()));
            case MEDIA ->
                new EventParties(channel, program(attempt.getMedia().getFile().getProcess()), device(attempt));
            case PRINT ->
                new EventParties(
                        channel,
                        program(attempt.getPrint().getProgram()),
                        known(attempt.getPrint().getPrinter()));
            case NETWORK ->
                new EventParties(channel, program(attempt.getNetwork().getProgram()), host(attempt));
            case PROGRAM ->
                new EventParties(
                        channel,
                        program(attempt.getProgram().getParent()),
                        program(attempt.getProgram().getProgram()));
            case SCREEN -> new EventParties(channel, program(attempt.getScreen().getProgram()), null);
            case SUBJECT_NOT_SET -> new EventParties(channel, null, null);
        };
    }

    private static @Nullable String program(Process process) {
        return known(process.getPath());
    }

    private static @Nullable String device(Attempt attempt) {
        MediaSubject media = attempt.getMedia();
        String device = media.getName().isEmpty() ? media.getVendorId() + ":" + media.getProductId() : media.getName();
        return known(media.hasFile() ? device + "/" + media.getFile().getName() : device);
    }

    private static @Nullable String host(Attempt attempt) {
        String host = attempt.getNetwork().getHost();
        return known((host.isEmpty() ? attempt.getNetwork().getAddress() : host) + ":"
                + attempt.getNetwork().getPort());
    }

    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }
}
