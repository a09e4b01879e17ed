package org.sekisho.evidence;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.evidence.PackManifest.ChainFile;
import org.sekisho.evidence.PackManifest.OwnEvent;
import org.sekisho.evidence.PackManifest.PackedFile;

/**
 * Writes a pack in one go, however large, in little memory: files first, then the manifest with their hashes, then its
 * signature. One thread.
 */
public final class EvidenceWriter {
    private final ZipOutputStream zip;
    private final Instant made;
    private final List<PackedFile> files = new ArrayList<>();
    private final List<ChainFile> chains = new ArrayList<>();
    private @Nullable Run run;

    /** @param made stands on every file and in the manifest */
    public EvidenceWriter(OutputStream out, Instant made) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.made = made;
    }

    /** Adds a whole file. */
    public void add(String path, byte[] content) throws IOException {
        begin(path);
        zip.write(content);
        zip.closeEntry();
        files.add(new PackedFile(
                path,
                content.length,
                HexFormat.of().formatHex(EvidenceFormat.sha256().digest(content))));
    }

    /** Begins a run of consecutive events. */
    public void beginChain(String terminal, int branch, long first, byte[] prevHash) throws IOException {
        String path = EvidenceFormat.EVENTS + terminal + "-" + branch + "-" + first + ".chain";
        begin(path);
        Run begun = new Run(path, terminal, branch, first);
        run = begun;
        write(begun, prevHash);
    }

    /** Adds the next event of the run. */
    public void chain(long seq, ByteString body, byte[] hash) throws IOException {
        Run open = open();
        if (seq != open.next) {
            throw new IllegalArgumentException("Event " + seq + " doesn't follow in " + open.path);
        }
        write(open, ByteBuffer.allocate(Integer.BYTES).putInt(body.size()).array());
        write(open, body.toByteArray());
        write(open, hash);
        open.next++;
    }

    /** Ends the run. */
    public void endChain() throws IOException {
        Run open = open();
        zip.closeEntry();
        files.add(new PackedFile(open.path, open.bytes, HexFormat.of().formatHex(open.digest.digest())));
        chains.add(new ChainFile(open.path, open.terminal, open.branch, open.first, open.next - 1));
        run = null;
    }

    /** Writes the manifest, signs it, and ends the archive; the stream stays open. */
    public void finish(
            String tenant,
            long incident,
            String by,
            String language,
            long omitted,
            List<OwnEvent> events,
            PrivateKey signer)
            throws IOException {
        PackManifest manifest = new PackManifest(tenant, incident, made, by, language, omitted, chains, events, files);
        byte[] text = manifest.text().getBytes(StandardCharsets.UTF_8);
        begin(EvidenceFormat.MANIFEST);
        zip.write(text);
        zip.closeEntry();
        begin(EvidenceFormat.SIGNATURE);
        zip.write(sign(text, signer));
        zip.closeEntry();
        zip.finish();
    }

    /** The manifest's signature, DER. */
    static byte[] sign(byte[] manifest, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance(EvidenceFormat.ECDSA);
            signature.initSign(key);
            signature.update(EvidenceFormat.CONTEXT);
            signature.update(manifest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign an evidence pack with this key", e);
        }
    }

    private void begin(String path) throws IOException {
        if (!EvidenceFormat.PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("A pack can't hold a file named " + path);
        }
        ZipEntry entry = new ZipEntry(path);
        entry.setTime(made.toEpochMilli());
        zip.putNextEntry(entry);
    }

    private Run open() {
        Run open = run;
        if (open == null) {
            throw new IllegalStateException("No run of events has been begun");
        }
        return open;
    }

    private void write(Run open, byte[] bytes) throws IOException {
        zip.write(bytes);
        open.digest.update(bytes);
        open.bytes += bytes.length;
    }

    private static final class Run {
        private final String path;
        private final String terminal;
        private final int branch;
        private final long first;
        private final MessageDigest digest = EvidenceFormat.sha256();
        private long next;
        private long bytes;

        Run(String path, String terminal, int branch, long first) {
            this.path = path;
            this.terminal = terminal;
            this.branch = branch;
            this.first = first;
            this.next = first;
        }
    }
}
