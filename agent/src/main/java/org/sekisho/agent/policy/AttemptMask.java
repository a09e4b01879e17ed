package org.sekisho.agent.policy;

import org.sekisho.agent.content.Masker;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Process;

/** Masks what a user can influence in an attempt before it is recorded, and bounds it. Pure. */
final class AttemptMask {
    /** Twice the longest path that Windows or Linux take in practice; an event has at most 64 KiB in all. */
    static final int MAX_TEXT = 4_096;

    /** event.proto, AttemptEvent.justification. */
    static final int MAX_JUSTIFICATION = 1_000;

    private AttemptMask() {}

    static Attempt of(Attempt attempt) {
        Attempt.Builder masked = attempt.toBuilder();
        switch (attempt.getSubjectCase()) {
            case CLIPBOARD -> clipboard(masked);
            case MEDIA -> media(masked);
            case PRINT ->
                masked.getPrintBuilder()
                        .setTitle(text(attempt.getPrint().getTitle()))
                        .setProgram(process(attempt.getPrint().getProgram()));
            case NETWORK ->
                masked.getNetworkBuilder()
                        .setProgram(process(attempt.getNetwork().getProgram()));
            case PROGRAM ->
                masked.getProgramBuilder()
                        .setProgram(process(attempt.getProgram().getProgram()))
                        .setParent(process(attempt.getProgram().getParent()));
            case SCREEN ->
                masked.getScreenBuilder().setProgram(process(attempt.getScreen().getProgram()));
            case SUBJECT_NOT_SET -> {}
        }
        return masked.build();
    }

    static String justification(String reason) {
        return bounded(Masker.mask(bounded(reason, MAX_TEXT)), MAX_JUSTIFICATION);
    }

    private static void media(Attempt.Builder masked) {
        MediaSubject.Builder media = masked.getMediaBuilder();
        media.setName(text(media.getName()));
        if (media.hasFile()) {
            MediaFile file = media.getFile();
            media.setFile(file.toBuilder()
                    .setName(text(file.getName()))
                    .setOldName(text(file.getOldName()))
                    .setProcess(process(file.getProcess())));
        }
    }

    private static void clipboard(Attempt.Builder masked) {
        ClipboardSubject.Builder clipboard = masked.getClipboardBuilder();
        clipboard.setTarget(text(clipboard.getTarget()));
        if (clipboard.hasSource()) {
            clipboard.setSource(process(clipboard.getSource()));
        }
        if (clipboard.hasDestination()) {
            clipboard.setDestination(process(clipboard.getDestination()));
        }
    }

    private static Process process(Process process) {
        return process.toBuilder()
                .setPath(text(process.getPath()))
                .setWindowTitle(text(process.getWindowTitle()))
                .build();
    }

    private static String text(String text) {
        return text.isEmpty() ? text : Masker.mask(bounded(text, MAX_TEXT));
    }

    /** Cut between characters, never within one. */
    private static String bounded(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }
}
