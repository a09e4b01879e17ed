package org.sekisho.agent.channel.clipboard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import java.util.Set;
import java.util.function.IntSupplier;
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
    private final IntSupplier helperUid;
    private final ForkedOwners forkedOwners;
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

    /** Knows no helper's account. */
    public LinuxPrograms() {
        this(() -> 0);
    }

    /** @param helperUid the account that desktop helpers run under; 0 if there is none */
    public LinuxPrograms(IntSupplier helperUid) {
        this(Path.of("/proc"), helperUid);
    }

    LinuxPrograms(Path proc, IntSupplier helperUid) {
        this.proc = proc;
        this.helperUid = helperUid;
        this.forkedOwners = new ForkedOwners(proc, this::identify);
    }

    @Override
    public Process identify(Process seen) {
        Process unknown = seen.toBuilder()
                .clearPath()
                .clearSha256()
                .clearSigner()
                .clearUser()
                .build();
        if (seen.getPid() == 0) {
            return unknown;
        }
        Path of = proc.resolve(Integer.toString(seen.getPid()));
        Path executable = of.resolve("exe");
        Process.Builder found = unknown.toBuilder();
        try {
            String started = startTime(of);
            FileState running = FileState.of(executable);
            try (InputStream program = Files.newInputStream(executable)) {
                String user = Files.getOwner(of).getName();
                Optional<Path> path = samePath(executable, running);
                if (!startTime(of).equals(started)) {
                    LOG.info("Process id {} changed hands while it was looked at", seen.getPid());
                    return unknown;
                }
                // From here on the process may end: its file is open, and known to be its own.
                found.setUser(user);
                path.ifPresent(known -> found.setPath(known.toString()));
                found.setSha256(hash(program, path.orElse(executable), running));
            }
        } catch (IOException e) {
            LOG.debug("Process {} can't be looked at further: {}", seen.getPid(), e.toString());
        }
        return found.build();
    }

    @Override
    public Process heir(String session, Process ended, Set<Integer> clients) {
        return forkedOwners.heir(session, ended, clients);
    }

    /** The account counts, not what runs under it: no user can start anything there. */
    @Override
    public boolean isHelper(Process seen) {
        if (seen.getPid() == 0) {
            return false;
        }
        try {
            int helpers = helperUid.getAsInt();
            return helpers > 0 && realUid(proc.resolve(Integer.toString(seen.getPid()))) == helpers;
        } catch (IOException | NumberFormatException e) {
            LOG.debug("The account of process {} can't be told: {}", seen.getPid(), e.toString());
            return false;
        }
    }

    /** From status, for the owner of what a process keeps from being looked into is root (proc(5)). */
    private static int realUid(Path of) throws IOException {
        for (String line : Files.readAllLines(of.resolve("status"), ISO_8859_1)) {
            if (line.startsWith("Uid:")) {
                return Integer.parseInt(line.split("\\s+", 3)[1]);
            }
        }
        throw new IOException(of + " has no line Uid");
    }

    private static Optional<Path> samePath(Path executable, FileState running) {
        try {
            Path path = Files.readSymbolicLink(executable);
            return FileState.of(path).equals(running) ? Optional.of(path) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Field 22 of stat; what a reused process id has another of. */
    private static String startTime(Path of) throws IOException {
        String stat = Files.readString(of.resolve("stat"), ISO_8859_1);
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
        return afterName[19];
    }

    /** @param file where it lies, to see whether it has been changed while it was read */
    private String hash(InputStream program, Path file, FileState state) throws IOException {
        synchronized (hashes) {
            String known = hashes.get(state);
            if (known != null) {
                return known;
            }
        }
        String hash = read(program);
        if (!FileState.of(file).equals(state)) {
            return "";
        }
        synchronized (hashes) {
            hashes.put(state, hash);
        }
        return hash;
    }

    private static String read(InputStream program) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] piece = new byte[PIECE_BYTES];
            for (int some = program.read(piece); some >= 0; some = program.read(piece)) {
                digest.update(piece, 0, some);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
