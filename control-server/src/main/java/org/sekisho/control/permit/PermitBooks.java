package org.sekisho.control.permit;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.pki.DocumentSigning;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/** Each terminal's permits as it gets them. Thread-safe; joins the caller's transaction. */
@Singleton
public class PermitBooks {
    private final Jdbi jdbi;
    private final DocumentSigning signing;
    private final Clock clock;

    @Inject
    PermitBooks(Jdbi jdbi, DocumentSigning signing, Clock clock) {
        this.jdbi = jdbi;
        this.signing = signing;
        this.clock = clock;
    }

    /** The number of the terminal's next revision; no other is made until the transaction ends. */
    long next(Handle handle, String terminal) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "permits " + terminal);
        return handle.createQuery("SELECT revision FROM permit_book WHERE terminal = :terminal")
                        .bind("terminal", terminal)
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(0L)
                + 1;
    }

    /** Signs the revision that {@link #next} gave; pushed once the transaction is committed. */
    void renew(Handle handle, String terminal, long revision, List<PermitGrant> permits) {
        DocumentSigning.Document document = signing.sign(
                SignedPayload.newBuilder().setPermits(PermitBook.newBuilder().addAllPermits(permits)),
                "terminal:" + terminal,
                revision);
        handle.createUpdate("""
                        INSERT INTO permit_book (terminal, revision, signed, payload_sha256, expires_at)
                        VALUES (:terminal, :revision, :signed, :digest, :expires)
                        ON CONFLICT (terminal) DO UPDATE SET revision = excluded.revision, signed = excluded.signed,
                            payload_sha256 = excluded.payload_sha256, expires_at = excluded.expires_at, refusal = 0, detail = ''""")
                .bind("terminal", terminal)
                .bind("revision", revision)
                .bind("signed", document.signed().toByteArray())
                .bind("digest", document.payloadSha256())
                .bind("expires", Times.sql(document.expiresAt()))
                .execute();
        Notifications.tell(handle, Topic.PERMIT, terminal);
    }

    /**
     * The terminal's newest book; empty: it never had a permit, or the book has expired, and with it all permits of any
     * earlier one.
     */
    public Optional<Newest> newest(String terminal) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT revision, signed FROM permit_book WHERE terminal = :terminal AND expires_at > :now")
                .bind("terminal", terminal)
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> new Newest(row.getLong("revision"), signed(row.getBytes("signed"))))
                .findOne());
    }

    /** Keeps what the terminal made of its book; an answer to other bytes than were sent is not counted. */
    public void answered(String terminal, PermitAck ack) {
        String detail = ack.getDetail().replace('\0', ' ');
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE permit_book SET refusal = :refusal, detail = :detail, answered_at = :at,
                               acked_revision = CASE WHEN :refusal = 0 THEN revision ELSE acked_revision END
                        WHERE terminal = :terminal AND revision = :revision AND payload_sha256 = :digest""")
                .bind("refusal", ack.getRefusalValue())
                .bind("detail", detail.substring(0, Math.min(detail.length(), 1_000)))
                .bind("at", Times.sql(clock.instant()))
                .bind("terminal", terminal)
                .bind("revision", ack.getRevision())
                .bind("digest", ack.getPayloadSha256().toByteArray())
                .execute());
    }

    private static Signed signed(byte[] stored) {
        try {
            return Signed.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored permit book cannot be read", e);
        }
    }

    /** As it is sent. */
    public record Newest(long revision, Signed signed) {}
}
