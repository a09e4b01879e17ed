package org.sekisho.control.evidence;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sekisho.event.EventChain;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

/** A pack's files, read and touched. Pure. */
final class PackFiles {
    private PackFiles() {}

    static Map<String, byte[]> with(Map<String, byte[]> pack, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> changed = new LinkedHashMap<>(pack);
        change.accept(changed);
        return changed;
    }

    /** The run's events as frames of length, body and hash. */
    static byte[] chain(byte[] file, Consumer<List<byte[]>> change) {
        List<byte[]> links = new ArrayList<>();
        for (int at = 32; at < file.length; ) {
            int end = at + 4 + ByteBuffer.wrap(file, at, 4).getInt() + 32;
            links.add(Arrays.copyOfRange(file, at, end));
            at = end;
        }
        change.accept(links);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(file, 32));
        links.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /** Event 5 is another person's, and every hash fits; only the terminal's signature doesn't. */
    static byte[] rewritten(byte[] file) {
        byte[][] prev = {Arrays.copyOf(file, 32)};
        return chain(
                file,
                links -> links.replaceAll(frame -> {
                    try {
                        int length = ByteBuffer.wrap(frame).getInt();
                        Event event = Event.parseFrom(Arrays.copyOfRange(frame, 4, 4 + length));
                        if (event.hasAttempt()) {
                            Event.Builder other = event.toBuilder();
                            other.getAttemptBuilder().getCircumstancesBuilder().setUser("jiro");
                            event = other.build();
                        }
                        ChainedEvent linked = EventChain.link(ByteString.copyFrom(prev[0]), event);
                        prev[0] = linked.getHash().toByteArray();
                        ByteArrayOutputStream out = new ByteArrayOutputStream();
                        out.writeBytes(ByteBuffer.allocate(4)
                                .putInt(linked.getBody().size())
                                .array());
                        out.writeBytes(linked.getBody().toByteArray());
                        out.writeBytes(prev[0]);
                        return out.toByteArray();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }));
    }

    /** With a manifest that lists the files as they are now. */
    static Map<String, byte[]> resigned(Map<String, byte[]> pack, PrivateKey key) {
        String text = manifest(pack)
                .lines()
                .map(line -> {
                    String[] words = line.split(" ", -1);
                    return words[0].equals("file")
                            ? "file " + hex(file(pack, words[3])) + " " + file(pack, words[3]).length + " " + words[3]
                            : line;
                })
                .collect(Collectors.joining("\n", "", "\n"));
        return with(pack, all -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            all.put("manifest.txt", bytes);
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(key);
                signature.update("sekisho/v1/evidence\n".getBytes(StandardCharsets.US_ASCII));
                signature.update(bytes);
                all.put("manifest.sig", signature.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    static byte[] file(Map<String, byte[]> pack, String name) {
        return requireNonNull(pack.get(name), name);
    }

    static String manifest(Map<String, byte[]> pack) {
        return new String(file(pack, "manifest.txt"), StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
