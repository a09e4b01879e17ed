package org.sekisho.agent.content.extract;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One process that takes documents apart, seen from who asks. One thread. */
final class ExtractionProcess implements AutoCloseable {
    /** What holds more text than that is no document that a person wrote; detectors read it within seconds. */
    static final long MOST_TEXT = 256L << 20;

    private final Process process;
    private final DataOutputStream to;
    private final DataInputStream from;
    private int documents;

    ExtractionProcess(Process process) {
        this.process = requireNonNull(process, "process is null");
        this.to = new DataOutputStream(process.getOutputStream());
        this.from = new DataInputStream(new BufferedInputStream(process.getInputStream(), PartWriter.MOST));
    }

    /** How many documents it has been given. */
    int documents() {
        return documents;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Has a document taken apart.
     *
     * @return how much of it was read; other than {@link Reading#WHOLE} and {@link Reading#UNREADABLE} end the process
     * @throws IOException if the process failed, or took longer than it may
     */
    Reading read(ContentSource document, PartSink sink, Duration deadline) throws IOException {
        documents++;
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!over.get()) {
                        process.destroyForcibly();
                    }
                });
        try {
            return send(document) ? receive(sink) : Reading.TOO_LARGE;
        } finally {
            over.set(true);
        }
    }

    /** False: it is larger than it may be, and the process has been ended over it. */
    private boolean send(ContentSource document) throws IOException {
        byte[] piece = new byte[PartWriter.MOST];
        long at = 0;
        int length;
        while ((length = document.read(at, piece, 0, piece.length)) > 0) {
            to.writeInt(length);
            to.write(piece, 0, length);
            at += length;
            if (at > Extraction.MOST_BYTES) {
                close();
                return false;
            }
        }
        to.writeInt(0);
        to.flush();
        return true;
    }

    private Reading receive(PartSink sink) throws IOException {
        byte[] piece = new byte[PartWriter.MOST];
        long total = 0;
        while (true) {
            int kind = from.readUnsignedByte();
            int length = from.readInt();
            if (length < 0 || length > piece.length) {
                throw new IOException("the process that reads documents wrote nonsense");
            }
            from.readFully(piece, 0, length);
            total += length;
            if (total > MOST_TEXT) {
                close();
                return Reading.TOO_LARGE;
            }
            switch (kind) {
                case PartWriter.PART -> sink.part();
                case PartWriter.TEXT -> sink.text(piece, length);
                case PartWriter.BYTES -> sink.bytes(piece, length);
                case PartWriter.END -> {
                    return reading(piece, length);
                }
                default -> throw new IOException("the process that reads documents wrote nonsense");
            }
        }
    }

    private static Reading reading(byte[] end, int length) throws IOException {
        String name = new String(end, 0, length, StandardCharsets.US_ASCII);
        for (Reading reading : Reading.values()) {
            if (reading.name().equals(name)) {
                return reading;
            }
        }
        throw new IOException("the process that reads documents wrote nonsense");
    }

    /** Ends it, whatever it does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
