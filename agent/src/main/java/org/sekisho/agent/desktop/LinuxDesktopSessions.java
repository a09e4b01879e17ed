package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.os.linux.Libc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The X sessions of this machine. A helper runs under the account {@value #ACCOUNT}, with no capability, no group and no way
 * to gain any (setpriv(1)), so that the session's user can neither signal nor trace it. Starting one takes root.
 * Thread-safe.
 */
public final class LinuxDesktopSessions implements DesktopSessions {
    /** The account that helpers run under. */
    public static final String ACCOUNT = "sekisho-desktop";

    private static final Logger LOG = LoggerFactory.getLogger(LinuxDesktopSessions.class);
    /** The heap that a helper may use; 64 MiB of clipboard content pass through it in pieces. */
    private static final int HEAP_MEGABYTES = 40;

    /** Offset of {@code pw_uid} in {@code struct passwd}, behind two pointers. */
    private static final long PASSWD_UID = 2L * Native.POINTER_SIZE;

    private final XDisplays displays;
    private final Path base;
    private final String address;
    private final String mainClass;
    private final Map<String, XDisplay> known = new ConcurrentHashMap<>();
    private final WatchService watch;
    private volatile Runnable changed = () -> {};

    /**
     * @param configured as {@code sekisho.desktop.displays} has it; may be empty
     * @param base where helpers' directories are made, such as {@code /var/lib/sekisho-desktop}; on a disk, for they hold
     *     large contents (sealed)
     * @param address where the service listens, as helpers are told it
     * @param mainClass the program's main class
     * @throws IOException if the directory of X sockets can't be watched
     * @throws IllegalArgumentException if {@code configured} is malformed
     */
    public LinuxDesktopSessions(String configured, Path base, String address, String mainClass) throws IOException {
        this(configured, base, address, mainClass, Path.of("/tmp/.X11-unix"));
    }

    private LinuxDesktopSessions(String configured, Path base, String address, String mainClass, Path sockets)
            throws IOException {
        this.displays = new XDisplays(Path.of("/proc"), sockets, XDisplay.configured(configured));
        this.base = requireNonNull(base, "base is null");
        this.address = requireNonNull(address, "address is null");
        this.mainClass = requireNonNull(mainClass, "mainClass is null");
        this.watch = sockets.getFileSystem().newWatchService();
        Path watched = Files.isDirectory(sockets) ? sockets : requireNonNull(sockets.getParent(), "no parent");
        watched.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
        Thread.ofVirtual().name("X displays").start(this::watch);
    }

    /** The number of {@value #ACCOUNT}; 0 if there is no such account. */
    public static int accountNumber() {
        return uid(ACCOUNT).orElse(0);
    }

    private static synchronized OptionalInt uid(String name) {
        Pointer account = Libc.getpwnam(name);
        return account == null ? OptionalInt.empty() : OptionalInt.of(account.getInt(PASSWD_UID));
    }

    private void watch() {
        try {
            for (WatchKey key = watch.take(); ; key = watch.take()) {
                key.pollEvents();
                key.reset();
                changed.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException e) {
            LOG.debug("No more X displays are watched for");
        }
    }

    @Override
    public synchronized List<DesktopSession> current() throws IOException {
        List<DesktopSession> sessions = new ArrayList<>();
        known.clear();
        for (XDisplay display : displays.current(System.nanoTime())) {
            known.put(display.name(), display);
            sessions.add(new DesktopSession(display.name(), display.user(), LinuxGroups.of(display.user())));
        }
        return sessions;
    }

    @Override
    public Optional<DesktopSession> inFront(List<DesktopSession> among) {
        return FrontSession.now().flatMap(front -> of(front, among));
    }

    /** By its display, and by its person alone where logind does not know the display and they have one desktop. */
    static Optional<DesktopSession> of(FrontSession front, List<DesktopSession> among) {
        List<DesktopSession> theirs = among.stream()
                .filter(session -> front.display().isEmpty() || session.id().equals(front.display()))
                .filter(session -> uid(session.user()).equals(OptionalInt.of(front.uid())))
                .toList();
        return theirs.size() == 1 ? Optional.of(theirs.getFirst()) : Optional.empty();
    }

    @Override
    public void onChange(Runnable listener) {
        changed = requireNonNull(listener, "listener is null");
    }

    @Override
    public DesktopProcess start(DesktopSession session, byte[] ticket) throws IOException {
        XDisplay display = known.get(session.id());
        if (display == null) {
            throw new IOException("Display " + session.id() + " is not there any more");
        }
        HelperDirectory directory = HelperDirectory.make(base, display, account());
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--reuid=" + ACCOUNT,
                "--regid=" + ACCOUNT,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all",
                "--"));
        command.addAll(OwnJvm.command(
                HEAP_MEGABYTES,
                directory.path(),
                mainClass,
                List.of(
                        "desktop",
                        "--session",
                        display.name(),
                        "--connect",
                        address,
                        "--private-dir",
                        directory.path().toString())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.path().toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("DISPLAY", display.name());
        environment.put("XAUTHORITY", directory.authority().toString());
        environment.put("HOME", directory.path().toString());
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LANG", "C.UTF-8");
        // glibc makes an arena for each thread, which a process this small never fills.
        environment.put("MALLOC_ARENA_MAX", "2");
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(ticket);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException("The helper for " + session.id() + " ended before it took its ticket: " + e, e);
        }
        return HelperProcess.started(process, directory::removeQuietly);
    }

    @Override
    public DesktopProcess adopt(DesktopSession session, ProcessHandle helper) {
        XDisplay display = known.get(session.id());
        return HelperProcess.survivor(helper, () -> {
            if (display != null) {
                HelperDirectory.of(base, display).removeQuietly();
            }
        });
    }

    private UserPrincipal account() throws IOException {
        try {
            return base.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ACCOUNT);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException(
                    "There is no account " + ACCOUNT + " to run desktop helpers under. Create it: useradd --system"
                            + " --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "
                            + ACCOUNT,
                    e);
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the watch on X displays failed", e);
        }
    }
}
