package org.sekisho.agent.journal;

import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Process;

/**
 * Says which attempts are alike.
 *
 * <p>Alike are attempts with the same person, circumstances, rule, channel, programs (by path, hash, signer and account),
 * formats and labels; only process ids, window titles, sizes and times may differ. Of what was stopped only the plugging in
 * of one device is counted together, each file or paste stands for itself; and so does what was answered for with a reason.
 */
final class RepeatKey {
    /** Larger attempts are rare, and each is worth its own event. */
    private static final int MAX_KEY_BYTES = 4096;

    private RepeatKey() {}

    /** What all repetitions of this event have in common; null if it is never counted together with others. */
    static @Nullable AttemptEvent of(Event.Builder body, Importance importance) {
        if (!body.hasAttempt()) {
            return null;
        }
        AttemptEvent attempt = body.getAttempt();
        if (!isCounted(attempt, importance)
                || attempt.getCount() > 1
                || !attempt.getJustification().isEmpty()
                || attempt.getSerializedSize() > MAX_KEY_BYTES) {
            return null;
        }
        AttemptEvent.Builder key = attempt.toBuilder().clearCount().clearSpanMillis();
        key.getCircumstancesBuilder().clearAtMicros();
        blur(key.getAttemptBuilder().clearBytes());
        return key.build();
    }

    private static boolean isCounted(AttemptEvent attempt, Importance importance) {
        return switch (attempt.getDecision().getVerdict()) {
            case ALLOW, AUDIT -> importance == Importance.ORDINARY;
            case BLOCK, JUSTIFY ->
                attempt.getAttempt().hasMedia()
                        && !attempt.getAttempt().getMedia().hasFile();
            case READ_ONLY, VERDICT_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    private static void blur(Attempt.Builder attempt) {
        switch (attempt.getSubjectCase()) {
            case CLIPBOARD -> {
                if (attempt.getClipboard().hasSource()) {
                    blur(attempt.getClipboardBuilder().getSourceBuilder());
                }
                if (attempt.getClipboard().hasDestination()) {
                    blur(attempt.getClipboardBuilder().getDestinationBuilder());
                }
            }
            case PRINT -> blur(attempt.getPrintBuilder().getProgramBuilder());
            case NETWORK -> blur(attempt.getNetworkBuilder().getProgramBuilder());
            case PROGRAM -> {
                blur(attempt.getProgramBuilder().getProgramBuilder());
                blur(attempt.getProgramBuilder().getParentBuilder());
            }
            case SCREEN -> blur(attempt.getScreenBuilder().getProgramBuilder());
            case MEDIA, SUBJECT_NOT_SET -> {}
        }
    }

    private static void blur(Process.Builder process) {
        process.clearPid().clearWindowTitle();
    }
}
