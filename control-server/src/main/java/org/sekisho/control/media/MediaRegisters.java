package org.sekisho.control.media;

import com.google.protobuf.InvalidProtocolBufferException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sekisho.control.pki.DocumentSigning;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Notifications;
import org.sekisho.control.store.Notifications.Topic;
import org.sekisho.control.store.Times;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.RegisteredMedium;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

/** Each segment's register as its terminals get it. Thread-safe; joins the caller's transaction. */
@Singleton
public class MediaRegisters {
    private final Jdbi jdbi;
    private final DocumentSigning signing;
    private final Clock clock;

    @Inject
    MediaRegisters(Jdbi jdbi, DocumentSigning signing, Clock clock) {
        this.jdbi = jdbi;
        this.signing = signing;
        this.clock = clock;
    }

    /** The next revision, of what the transaction has made of the media; pushed once it is committed. */
    void renew(Handle handle, Segment segment) {
        // "SEKISHOM" as a number, and the segment: revisions of a segment are made one after the other.
        handle.execute("SELECT pg_advisory_xact_lock(?)", 0x53454B4953484F4DL + segment.getNumber());
        long revision = handle.createQuery("SELECT revision FROM media_register WHERE segment = :segment")
                .bind("segment", segment.getNumber())
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
        DocumentSigning.Document document = sign(handle, segment, revision + 1);
        handle.createUpdate("""
                        INSERT INTO media_register (segment, revision, signed, payload_sha256, signed_at, expires_at)
                        VALUES (:segment, :revision, :signed, :digest, :at, :expires)
                        ON CONFLICT (segment) DO UPDATE SET revision = excluded.revision, signed = excluded.signed,
                            payload_sha256 = excluded.payload_sha256, signed_at = excluded.signed_at,
                            expires_at = excluded.expires_at""")
                .bind("segment", segment.getNumber())
                .bind("revision", document.revision())
                .bind("signed", document.signed().toByteArray())
                .bind("digest", document.payloadSha256())
                .bind("at", Times.sql(document.signedAt()))
                .bind("expires", Times.sql(document.expiresAt()))
                .execute();
        Notifications.tell(handle, Topic.MEDIA, String.valueOf(segment.getNumber()));
    }

    private DocumentSigning.Document sign(Handle handle, Segment segment, long revision) {
        List<RegisteredMedium> media = handle.createQuery("""
                        SELECT * FROM medium WHERE segment = :segment AND state <> 'WITHDRAWN'
                          AND (state = 'LOST' OR expires_at IS NULL OR expires_at > :now) ORDER BY id""")
                .bind("segment", segment.getNumber())
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> {
                    RegisteredMedium.Builder medium = RegisteredMedium.newBuilder()
                            .setId(row.getString("id"))
                            .setDevice(MediaStore.identity(row))
                            .setMediaClassValue(row.getInt("media_class"))
                            .setLost("LOST".equals(row.getString("state")));
                    String owner = row.getString("owner");
                    if (owner != null) {
                        medium.setOwner(owner);
                    }
                    var expires = Times.instantOrNull(row, "expires_at");
                    if (expires != null) {
                        medium.setExpiresAt(expires.getEpochSecond());
                    }
                    return medium.build();
                })
                .list();
        try {
            return signing.sign(
                    SignedPayload.newBuilder()
                            .setMediaRegister(MediaRegister.newBuilder().addAllMedia(media)),
                    "segment:" + segment,
                    revision);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(422, "register-too-large", String.valueOf(e.getMessage()));
        }
    }

    /** The segment's newest one; empty: nothing was ever registered, or it has expired. */
    public Optional<Newest> newest(Segment segment) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT revision, signed FROM media_register WHERE segment = :segment AND expires_at > :now")
                .bind("segment", segment.getNumber())
                .bind("now", Times.sql(clock.instant()))
                .map((row, context) -> new Newest(row.getLong("revision"), signed(row.getBytes("signed"))))
                .findOne());
    }

    /** Signs those anew that have spent half of their life. */
    public void refresh() {
        jdbi.useTransaction(handle -> handle.createQuery("""
                        SELECT segment FROM media_register WHERE signed_at + (expires_at - signed_at) / 2 < :now""")
                .bind("now", Times.sql(clock.instant()))
                .mapTo(Integer.class)
                .list()
                .forEach(segment -> renew(handle, Segment.forNumber(segment))));
    }

    /** Keeps what a terminal made of a register; an answer to other bytes than were sent is not counted. */
    public void answered(String terminal, Segment segment, PermitAck ack) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO media_register_answer (terminal, revision, refusal, detail, at)
                        SELECT :terminal, revision, :refusal, :detail, :at FROM media_register
                        WHERE segment = :segment AND revision = :revision AND payload_sha256 = :digest
                        ON CONFLICT (terminal) DO UPDATE SET revision = excluded.revision, refusal = excluded.refusal,
                            detail = excluded.detail, at = excluded.at""")
                .bind("terminal", terminal)
                .bind("segment", segment.getNumber())
                .bind("revision", ack.getRevision())
                .bind("digest", ack.getPayloadSha256().toByteArray())
                .bind("refusal", ack.getRefusalValue())
                .bind("detail", detail(ack))
                .bind("at", Times.sql(clock.instant()))
                .execute());
    }

    private static String detail(PermitAck ack) {
        String detail = ack.getDetail().replace('\0', ' ');
        return detail.substring(0, Math.min(detail.length(), 1_000));
    }

    private static Signed signed(byte[] stored) {
        try {
            return Signed.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored media register cannot be read", e);
        }
    }

    /** As it is sent. */
    public record Newest(long revision, Signed signed) {}
}
