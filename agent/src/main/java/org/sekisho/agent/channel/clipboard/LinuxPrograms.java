package org.sekisho.agent.channel.clipboard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sekisho.v1.Process;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs as {@code /proc} shows them (proc(5)); to see other accounts' programs it takes root.
 *
 * <p>The path counts only if the file that lies there for this service is the very file that runs. A program that a user has
 * mounted over an allowed path, in a mount namespace of their own, has no path here, and a deleted one has none either; both
 * still have a hash.
 */
public final class LinuxPrograms implements ProgramLookup {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxPrograms.class);
    /** Executables in use at a terminal at once; a hash is 64 characters. */
    private static final int MOST_HASHES = 512;

    private static final int PIECE_BYTES = 64 * 1024;

    private final Path proc;
    private final Map<FileState, String> hashes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<FileState, String> eldest) {
            return size() > MOST_HASHES;
        }
    };

    /** A file and the state of its content, as far as the file system tells. */
    private record FileState(Map<String, Object> attributes) {
        static FileState of(Path path) throws IOException {
            return new FileState(Files.readAttributes(path, "unix:dev,ino,ctime,size"));
        }
    }

    public LinuxPrograms() {
        this(Path.of("/proc"));
    }

    LinuxPrograms(Path proc) {
        this.proc = proc;
    }

    @Override
    public Process identify(Process seen) {
        Process.Builder found =
                seen.toBuilder().clearPath().clearSha256().clearSigner().clearUser();
        if (seen.getPid() == 0) {
            return found.build();
        }
        Path of = proc.resolve(Integer.toString(seen.getPid()));
        try {
            String started = startTime(of);
            Path executable = of.resolve("exe");
            FileState running = FileState.of(executable);
            found.setUser(Files.getOwner(of).getName());
            samePath(executable, running).ifPresent(found::setPath);
            found.setSha256(hash(executable, running));
            if (startTime(of).equals(started)) {
                return found.build();
            }
            LOG.info("Process id {} changed hands while it was looked at", seen.getPid());
        } catch (IOException e) {
            LOG.debug("Process {} can't be looked at: {}", seen.getPid(), e.toString());
        }
        return seen.toBuilder()
                .clearPath()
                .clearSha256()
                .clearSigner()
                .clearUser()
                .build();
    }

    private static Optional<String> samePath(Path executable, FileState running) {
        try {
            Path path = Files.readSymbolicLink(executable);
            return FileState.of(path).equals(running) ? Optional.of(path.toString()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Field 22 of stat; what a reused process id has another of. */
    private static String startTime(Path of) throws IOException {
        String stat = Files.readString(of.resolve("stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
        return afterName[19];
    }

    private String hash(Path executable, FileState state) throws IOException {
        synchronized (hashes) {
            String known = hashes.get(state);
            if (known != null) {
                return known;
            }
        }
        String hash = read(executable);
        if (!FileState.of(executable).equals(state)) {
            return "";
        }
        synchronized (hashes) {
            hashes.put(state, hash);
        }
        return hash;
    }

    private static String read(Path executable) throws IOException {
        try (InputStream file = Files.newInputStream(executable)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE_BYTES];
            for (int some = file.read(piece); some >= 0; some = file.read(piece)) {
                digest.update(piece, 0, some);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
