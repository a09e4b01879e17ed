package org.sekisho.agent.channel.media.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.content.extract.ContentSource;

final class HashedContentTest {
    private static final byte[] BYTES = new byte[700_000];

    static {
        new Random(1).nextBytes(BYTES);
    }

    private int reads;

    @Test
    void whatIsReadThroughIsNotReadAgain() throws Exception {
        HashedContent content = new HashedContent(source());
        byte[] piece = new byte[100_000];
        for (int at = 0; at < BYTES.length; at += piece.length) {
            assertThat(content.read(at, piece, 0, piece.length)).isEqualTo(piece.length);
        }
        assertThat(content.read(BYTES.length, piece, 0, piece.length)).isEqualTo(-1);

        assertThat(content.sha256()).isEqualTo(sha256());
        assertThat(reads).as("and once at the end, to know that it is").isEqualTo(9);
    }

    @Test
    void howeverItIsReadTheHashIsOfAllOfIt() throws Exception {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            HashedContent content = new HashedContent(source());
            byte[] piece = new byte[300_000];
            for (int i = 0; i < random.nextInt(8); i++) {
                int read = content.read(random.nextInt(BYTES.length / 2), piece, 7, 1 + random.nextInt(290_000));
                assertThat(read).isPositive();
            }
            assertThat(content.sha256()).isEqualTo(sha256());
        }
    }

    @Test
    void nothingHasTheHashOfNothing() throws IOException {
        HashedContent empty = new HashedContent(new ContentSource() {
            @Override
            public long size() {
                return 0;
            }

            @Override
            public int read(long position, byte[] into, int offset, int length) {
                return -1;
            }
        });

        // FIPS 180-4 of the empty message.
        assertThat(empty.sha256()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    private ContentSource source() {
        return new ContentSource() {
            @Override
            public long size() {
                return BYTES.length;
            }

            @Override
            public int read(long position, byte[] into, int offset, int length) {
                reads++;
                int read = Math.min(length, BYTES.length - Math.toIntExact(position));
                if (read <= 0) {
                    return -1;
                }
                System.arraycopy(BYTES, Math.toIntExact(position), into, offset, read);
                return read;
            }
        };
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(BYTES));
    }
}
