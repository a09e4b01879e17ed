package org.sekisho.control.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sekisho.control.rest.WireNames;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.CommandDone;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.Event;
import org.sekisho.v1.Label;

/**
 * One line about an event, made of names and numbers only, so that it reads the same in both languages. It repeats what
 * the terminal recorded; nothing of it is content.
 */
final class EventSummary {
    /** More names than that make no line. */
    private static final int MAX_LENGTH = 300;

    private EventSummary() {}

    static String of(Event event) {
        String line = switch (event.getBodyCase()) {
            case ATTEMPT -> attempt(event);
            case AGENT_STARTED ->
                "agent " + event.getAgentStarted().getAgentVersion() + ", policy "
                        + event.getAgentStarted().getRevision()
                        + (event.getAgentStarted().getAfterCrash() ? ", after a crash" : "");
            case AGENT_STOPPED -> event.getAgentStopped().getCause();
            case POLICY_APPLIED ->
                event.getPolicyApplied().getPreviousRevision() + " → "
                        + event.getPolicyApplied().getRevision();
            case POLICY_REFUSED ->
                document(event.getPolicyRefused().getDocument())
                        + event.getPolicyRefused().getClaimedRevision() + ": "
                        + event.getPolicyRefused().getRefusal() + " "
                        + event.getPolicyRefused().getDetail();
            case CHANNEL_STATE_CHANGED ->
                WireNames.channel(event.getChannelStateChanged().getState().getChannelValue()) + " "
                        + event.getChannelStateChanged().getState().getMode() + " "
                        + event.getChannelStateChanged().getState().getDetail();
            case DESKTOP_GAP ->
                event.getDesktopGap().getSession() + ": "
                        + event.getDesktopGap().getGapMillis() + " ms, "
                        + event.getDesktopGap().getCause();
            case CLOCK_JUMPED -> event.getClockJumped().getJumpMillis() + " ms";
            case CHECKPOINT -> "1…" + event.getCheckpoint().getThroughSeq();
            case LOSS -> event.getLoss().getCount() + " × " + event.getLoss().getCause();
            case JOURNAL_STATE ->
                event.getJournalState().getUsedBytes() + " / "
                        + event.getJournalState().getLimitBytes();
            case COMMAND_DONE -> command(event.getCommandDone());
            case ENROLLED -> event.getEnrolled().getServer();
            case TAMPERED ->
                event.getTampered().getWhat() + ": " + event.getTampered().getDetail();
            case PERMIT_USED ->
                event.getPermitUsed().getPermit() + ": " + event.getPermitUsed().getUse()
                        + (event.getPermitUsed().getUses() == 0
                                ? ""
                                : " / " + event.getPermitUsed().getUses());
            case BODY_NOT_SET -> "";
        };
        return line.length() <= MAX_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, MAX_LENGTH) - 1)) + "…";
    }

    private static String document(DocumentKind kind) {
        return kind == DocumentKind.DOCUMENT_KIND_UNSPECIFIED ? "" : kind + " ";
    }

    private static String command(CommandDone done) {
        return done.getNumber() + " " + done.getKind() + ": " + done.getState() + " " + done.getDetail();
    }

    private static String attempt(Event event) {
        Attempt attempt = event.getAttempt().getAttempt();
        EventParties parties = EventParties.of(event);
        List<String> parts = new ArrayList<>();
        if (parties.source() != null || parties.destination() != null) {
            parts.add(last(parties.source()) + " → " + last(parties.destination()));
        }
        String title = attempt.getClipboard().getSource().getWindowTitle();
        if (!title.isEmpty()) {
            parts.add("“" + title + "”");
        }
        if (attempt.getLabelsCount() > 0) {
            parts.add(attempt.getLabelsList().stream().map(EventSummary::label).collect(Collectors.joining(", ")));
        }
        if (!event.getAttempt().getDecision().getPermit().isEmpty()) {
            parts.add("permit " + event.getAttempt().getDecision().getPermit());
        }
        if (attempt.getBytes() > 0) {
            parts.add(attempt.getBytes() + " B");
        }
        return String.join(" · ", parts);
    }

    private static String label(Label label) {
        return label.getLabel() + " × " + label.getCount();
    }

    private static String last(@org.jspecify.annotations.Nullable String path) {
        if (path == null) {
            return "?";
        }
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }
}
