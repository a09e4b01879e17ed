package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.sekisho.agent.content.extract.ContentSource;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.shadow.ShadowSealer;
import org.sekisho.shadow.ShadowSealer.About;
import org.sekisho.v1.ShadowOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals ordered copies of files, in the process that has their content. Thread-safe. */
final class ShadowWriter {
    private static final Logger LOG = LoggerFactory.getLogger(ShadowWriter.class);

    private final ShadowFolder folder;

    ShadowWriter(ShadowFolder folder) {
        this.folder = requireNonNull(folder, "folder is null");
    }

    /**
     * Keeps a copy, or says why there is none: both are in the folder on return, but for a disk on which nothing can be
     * written.
     *
     * @param name path on the volume, not masked
     * @param sha256 of the content, lower-case hex; empty: not known
     */
    void keep(ShadowOrder order, String name, String sha256, ContentSource content) {
        try {
            if (Long.compareUnsigned(content.size(), order.getMostBytes()) > 0) {
                folder.fail(
                        order.getId(),
                        "the file has %d bytes; there is room for copies of up to %d"
                                .formatted(content.size(), order.getMostBytes()));
                return;
            }
            ShadowSealer sealer = new ShadowSealer(order.getCustodiansList());
            About about = new About(order.getId(), sha256, content.size());
            folder.write(order.getId(), out -> sealer.seal(about, name, new ContentStream(content), out));
        } catch (IOException | IllegalArgumentException e) {
            failed(order.getId(), e);
        }
    }

    private void failed(String id, Exception why) {
        LOG.warn("No shadow copy {} is kept: {}", id, why.getMessage());
        try {
            folder.fail(id, "it could not be written on the terminal: " + why.getMessage());
        } catch (IOException e) {
            LOG.error("That there is no shadow copy {} can't be kept for the server: {}", id, e.getMessage());
        }
    }

    /** A content from its beginning to its end. */
    private static final class ContentStream extends InputStream {
        private final ContentSource content;
        private long position;

        ContentStream(ContentSource content) {
            this.content = content;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            int wanted = (int) Math.min(length, content.size() - position);
            if (wanted <= 0) {
                return length == 0 ? 0 : -1;
            }
            int read = content.read(position, into, offset, wanted);
            position += Math.max(0, read);
            return read;
        }
    }
}
