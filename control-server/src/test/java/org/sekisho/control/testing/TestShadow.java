package org.sekisho.control.testing;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.sekisho.shadow.ShadowSealer;
import org.sekisho.shadow.ShadowSealer.About;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.MediaFile;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.ShadowCopyStart;
import org.sekisho.v1.Verdict;

/**
 * A shadow copy, really sealed.
 *
 * @param name of the file
 */
public record TestShadow(String id, String name, ByteString content, ByteString sealed) {
    /** Of a file with so many bytes. */
    public static TestShadow of(int bytes, TestCustodian... custodians) {
        byte[] content = new byte[bytes];
        new Random().nextBytes(content);
        String id = UUID.randomUUID().toString().replace("-", "");
        String name = "書類/" + id + ".csv";
        ByteString.Output sealed = ByteString.newOutput();
        try {
            new ShadowSealer(List.of(custodians).stream()
                            .map(TestCustodian::named)
                            .toList())
                    .seal(
                            new About(id, HexFormat.of().formatHex(sha256(content)), bytes),
                            name,
                            new ByteArrayInputStream(content),
                            sealed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TestShadow(id, name, ByteString.copyFrom(content), sealed.toByteString());
    }

    /** What its terminal announces. */
    public ShadowCopyStart.Builder start() {
        return ShadowCopyStart.newBuilder()
                .setId(id)
                .setBytes(sealed.size())
                .setSha256(ByteString.copyFrom(sha256(sealed.toByteArray())));
    }

    /** The attempt that orders it. */
    public AttemptEvent order() {
        return AttemptEvent.newBuilder()
                .setAttempt(Attempt.newBuilder()
                        .setChannel(Channel.MEDIA)
                        .setMedia(MediaSubject.newBuilder()
                                .setFile(MediaFile.newBuilder().setName(name).setShadowCopy(id))))
                .setCircumstances(Circumstances.newBuilder().setUser("hanako"))
                .setDecision(Decision.newBuilder().setVerdict(Verdict.BLOCK).setRule("numbers"))
                .build();
    }

    /** SHA-256. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
