package org.sekisho.agent.desktop;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.local.Tickets;
import org.sekisho.agent.secret.SecretStore;

/**
 * Which helper guards which session, on disk: a service that was killed finds its helpers again when it is back, and what they
 * hold is not lost. A record is worth something only while its very process lives, known by its id and the time of its start.
 * Thread-safe.
 */
public final class HelperRecords {
    private static final int VERSION = 1;

    private final SecretStore secrets;

    /**
     * A helper that outlived the service that started it.
     *
     * @param ticket what it will show when it reconnects
     */
    record Survivor(ProcessHandle process, ByteString ticket) {}

    /** Records in this store, under names of their own. */
    public HelperRecords(SecretStore secrets) {
        this.secrets = secrets;
    }

    /**
     * Remembers the helper of a session; the one before is forgotten. Nothing is remembered where the OS doesn't tell when a
     * process started, for another could bear its id later.
     *
     * @throws IOException if it can't be written
     */
    void remember(DesktopSession session, long pid, byte[] ticket) throws IOException {
        Optional<Instant> started =
                ProcessHandle.of(pid).flatMap(process -> process.info().startInstant());
        if (started.isEmpty()) {
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(VERSION);
        out.writeUTF(session.id());
        out.writeUTF(session.user());
        out.writeLong(pid);
        out.writeLong(started.get().toEpochMilli());
        out.write(ticket);
        secrets.write(name(session), bytes.toByteArray());
    }

    /**
     * The living helper that was remembered for this session and its user.
     *
     * @throws IOException if there is a record and it can't be read
     */
    Optional<Survivor> survivor(DesktopSession session) throws IOException {
        byte[] record;
        try {
            record = secrets.read(name(session));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(record));
        if (in.readByte() != VERSION
                || !in.readUTF().equals(session.id())
                || !in.readUTF().equals(session.user())) {
            return Optional.empty();
        }
        Optional<ProcessHandle> process = ProcessHandle.of(in.readLong());
        long started = in.readLong();
        ByteString ticket = ByteString.copyFrom(in.readNBytes(Tickets.BYTES));
        return process.filter(one -> one.isAlive()
                        && one.info()
                                .startInstant()
                                .filter(instant -> instant.toEpochMilli() == started)
                                .isPresent())
                .map(one -> new Survivor(one, ticket));
    }

    /** A session's id may hold what a secret's name may not. */
    private static String name(DesktopSession session) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(session.id().getBytes(StandardCharsets.UTF_8));
            return "desktop-helper-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
