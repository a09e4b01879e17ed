package org.sekisho.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.sekisho.evidence.PackManifest.PackedFile;

/** A pack's archive, opened for reading; hostile until its manifest's signature holds. */
final class Pack implements AutoCloseable {
    /** A manifest with as many events as the server puts in has 2 MB. */
    private static final int MAX_MANIFEST = 16 << 20;
    /** What is read whole: certificates, policies, the audit entries. */
    static final int MAX_SMALL = 16 << 20;
    /** A pack has some dozens. */
    private static final int MAX_FILES = 10_000;

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new HashMap<>();

    Pack(Path file) throws EvidenceFlaw {
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException e) {
            throw new EvidenceFlaw(EvidenceCheck.ARCHIVE, "the file can't be read as a ZIP archive: " + e.getMessage());
        }
        try {
            index();
        } catch (EvidenceFlaw flaw) {
            close();
            throw flaw;
        }
    }

    private void index() throws EvidenceFlaw {
        if (zip.size() > MAX_FILES) {
            throw new EvidenceFlaw(EvidenceCheck.ARCHIVE, "it has more than " + MAX_FILES + " files");
        }
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = all.nextElement();
            if (!EvidenceFormat.PATH.matcher(entry.getName()).matches()) {
                throw new EvidenceFlaw(
                        EvidenceCheck.ARCHIVE, "it has a file with a path that is not allowed: " + entry.getName());
            }
            if (entries.put(entry.getName(), entry) != null) {
                throw new EvidenceFlaw(EvidenceCheck.ARCHIVE, "it has two files named " + entry.getName());
            }
        }
        for (String needed : new String[] {
            EvidenceFormat.MANIFEST, EvidenceFormat.SIGNATURE, EvidenceFormat.AUTHORITY, EvidenceFormat.SIGNER
        }) {
            if (!entries.containsKey(needed)) {
                throw new EvidenceFlaw(EvidenceCheck.ARCHIVE, needed + " is missing");
            }
        }
    }

    byte[] manifest() throws EvidenceFlaw {
        return read(EvidenceFormat.MANIFEST, MAX_MANIFEST);
    }

    /** A file that is small enough to be read whole. */
    byte[] read(String path) throws EvidenceFlaw {
        return read(path, MAX_SMALL);
    }

    private byte[] read(String path, int most) throws EvidenceFlaw {
        try (InputStream in = open(path)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new EvidenceFlaw(EvidenceCheck.ARCHIVE, path + " is larger than " + most + " bytes");
            }
            return content;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    InputStream open(String path) throws EvidenceFlaw {
        ZipEntry entry = entries.get(path);
        if (entry == null) {
            throw new EvidenceFlaw(EvidenceCheck.FILES, path + " is missing");
        }
        try {
            return zip.getInputStream(entry);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** Whether each file is as the manifest lists it, and none is there besides. */
    void match(PackManifest manifest) throws EvidenceFlaw {
        Set<String> unlisted = new TreeSet<>(entries.keySet());
        unlisted.remove(EvidenceFormat.MANIFEST);
        unlisted.remove(EvidenceFormat.SIGNATURE);
        for (PackedFile file : manifest.files()) {
            match(file);
            if (!unlisted.remove(file.path())) {
                throw new EvidenceFlaw(EvidenceCheck.FILES, file.path() + " is listed twice");
            }
        }
        if (!unlisted.isEmpty()) {
            throw new EvidenceFlaw(EvidenceCheck.FILES, unlisted.iterator().next() + " is not in the manifest");
        }
    }

    private void match(PackedFile file) throws EvidenceFlaw {
        MessageDigest sha256 = EvidenceFormat.sha256();
        byte[] buffer = new byte[64 * 1024];
        long read = 0;
        try (InputStream in = open(file.path())) {
            for (int got = in.read(buffer); got >= 0 && read <= file.bytes(); got = in.read(buffer)) {
                sha256.update(buffer, 0, got);
                read += got;
            }
        } catch (IOException e) {
            throw unreadable(file.path(), e);
        }
        if (read != file.bytes() || !HexFormat.of().formatHex(sha256.digest()).equals(file.sha256())) {
            throw new EvidenceFlaw(EvidenceCheck.FILES, file.path() + " is not the file that the manifest lists");
        }
    }

    static EvidenceFlaw unreadable(String path, IOException e) {
        return new EvidenceFlaw(EvidenceCheck.FILES, path + " can't be read: " + e.getMessage());
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("Cannot close an archive that was only read", e);
        }
    }
}
