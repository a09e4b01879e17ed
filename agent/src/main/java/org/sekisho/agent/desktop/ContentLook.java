package org.sekisho.agent.desktop;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sekisho.agent.channel.clipboard.Capture;
import org.sekisho.agent.channel.clipboard.HeldContent;
import org.sekisho.agent.content.ContentInspector;
import org.sekisho.agent.content.ContentKind;
import org.sekisho.agent.content.Inspection;
import org.sekisho.agent.content.Masker;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ClipboardFormat;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.Label;
import org.sekisho.v1.Process;
import org.sekisho.v1.Reason;

/**
 * Looks through a capture: which labels it carries, in whatever format, and by which keyed hashes it is known again. Pictures
 * are told by type and size only. For one thread.
 */
final class ContentLook {
    private static final int PIECE_BYTES = 64 * 1024;

    private final ContentInspector inspector;
    private final Mac mac;

    /**
     * What was seen.
     *
     * @param attempt without a destination
     * @param notInspected why the content was not inspected whole; unspecified if it was
     * @param hashes of each format's bytes, under a key of this process
     */
    record Seen(Attempt attempt, Reason notInspected, Set<String> hashes) {
        Seen from(Process source) {
            Attempt.Builder told = attempt.toBuilder();
            told.getClipboardBuilder().setSource(source);
            return new Seen(told.build(), notInspected, hashes);
        }
    }

    ContentLook(ContentInspector inspector) {
        this.inspector = inspector;
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
        Arrays.fill(key, (byte) 0);
    }

    /** What can be told of a capture whose content could not be looked through. */
    static Seen unread(Capture capture) {
        Attempt.Builder attempt = Attempt.newBuilder().setChannel(Channel.CLIPBOARD);
        attempt.getClipboardBuilder()
                .setSelection(capture.selection())
                .setSource(capture.source().toBuilder().clearWindowTitle());
        return new Seen(attempt.build(), Reason.UNREADABLE, Set.of());
    }

    Seen look(Capture capture) {
        ClipboardSubject.Builder subject = ClipboardSubject.newBuilder().setSelection(capture.selection());
        if (!capture.source().equals(Process.getDefaultInstance())) {
            subject.setSource(capture.source().toBuilder()
                    .setWindowTitle(Masker.mask(capture.source().getWindowTitle())));
        }
        mac.reset();
        List<List<Label>> found = new ArrayList<>();
        Set<String> hashes = new HashSet<>();
        Set<ClipboardFormat> formats = new HashSet<>();
        Reason notInspected = capture.complete() ? Reason.REASON_UNSPECIFIED : Reason.TOO_LARGE;
        long largest = 0;
        for (HeldContent content : capture.contents()) {
            largest = Math.max(largest, content.size());
            if (formats.add(content.format())) {
                subject.addFormats(content.format());
            }
            try {
                found.add(inspect(content));
                if (content.size() > 0) {
                    hashes.add(HexFormat.of().formatHex(mac.doFinal()));
                }
            } catch (IOException e) {
                mac.reset();
                notInspected = Reason.UNREADABLE;
            }
        }
        Attempt attempt = Attempt.newBuilder()
                .setChannel(Channel.CLIPBOARD)
                .addAllLabels(ContentInspector.merge(found))
                .setBytes(largest)
                .setClipboard(subject)
                .build();
        return new Seen(attempt, notInspected, Set.copyOf(hashes));
    }

    private List<Label> inspect(HeldContent content) throws IOException {
        boolean picture = content.format() == ClipboardFormat.IMAGE;
        List<Label> labels = List.of();
        byte[] piece = new byte[PIECE_BYTES];
        try (InputStream in = content.open()) {
            Inspection inspection = inspector.open(kind(content));
            for (int some = in.read(piece); some >= 0; some = in.read(piece)) {
                mac.update(piece, 0, some);
                if (!picture) {
                    inspection.update(piece, 0, some);
                }
            }
            labels = inspection.finish();
        }
        if (content.format() == ClipboardFormat.FILES) {
            labels = ContentInspector.merge(List.of(labels, inspectNames(content, piece)));
        }
        Arrays.fill(piece, (byte) 0);
        return labels;
    }

    private List<Label> inspectNames(HeldContent content, byte[] piece) throws IOException {
        Inspection names = inspector.open(ContentKind.PLAIN_BYTES);
        try (InputStream in = new PercentDecoding(new BufferedInputStream(content.open()))) {
            for (int some = in.read(piece, 0, piece.length); some >= 0; some = in.read(piece, 0, piece.length)) {
                names.update(piece, 0, some);
            }
        }
        return names.finish();
    }

    private static ContentKind kind(HeldContent content) {
        String target = content.target().toLowerCase(Locale.ROOT);
        return switch (content.format()) {
            case HTML -> ContentKind.HTML;
            case RTF -> ContentKind.RTF;
            case TEXT -> {
                if (target.equals("cf_unicodetext")) {
                    yield ContentKind.UTF16LE_TEXT;
                }
                yield target.startsWith("utf8") || target.endsWith("charset=utf-8")
                        ? ContentKind.UTF8_TEXT
                        : ContentKind.PLAIN_BYTES;
            }
            case FILES, IMAGE, OTHER_FORMAT, CLIPBOARD_FORMAT_UNSPECIFIED, UNRECOGNIZED -> ContentKind.PLAIN_BYTES;
        };
    }
}
