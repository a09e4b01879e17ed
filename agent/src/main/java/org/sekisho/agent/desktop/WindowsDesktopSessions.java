package org.sekisho.agent.desktop;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.os.windows.SecurityDescriptor;
import org.sekisho.agent.os.windows.WindowsKind;

/**
 * The sessions of a Windows terminal. A helper runs with the service's own token, moved into the session: it has the user's
 * desktop, and the user has no right to its process.
 *
 * <p>Wine has one session and answers questions about others by a success that means nothing; there the helper is a plain
 * child of the service, on the desktop of the service's own user, and is not isolated from anybody.
 */
public final class WindowsDesktopSessions implements DesktopSessions {
    private static final int HEAP_MEGABYTES = 32;
    private static final String PRIVATE = "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

    private final String address;
    private final Path directory;
    private final String mainClass;
    private volatile @Nullable Runnable changed;

    /**
     * @param address where helpers connect
     * @param directory of the service's own; each helper gets a folder in it
     * @param mainClass the agent's main class
     */
    public WindowsDesktopSessions(String address, Path directory, String mainClass) {
        this.address = requireNonNull(address, "address is null");
        this.directory = requireNonNull(directory, "directory is null");
        this.mainClass = requireNonNull(mainClass, "mainClass is null");
    }

    @Override
    public List<DesktopSession> current() throws IOException {
        if (WindowsKind.isWine()) {
            return List.of(new DesktopSession("1", System.getProperty("user.name"), List.of()));
        }
        return WindowsSessionList.current();
    }

    @Override
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** For the service, which Windows tells of changes ({@code SERVICE_CONTROL_SESSIONCHANGE}). Does not block. */
    public void sessionsChanged() {
        Runnable listener = changed;
        if (listener != null) {
            listener.run();
        }
    }

    @Override
    public DesktopProcess start(DesktopSession session, byte[] ticket) throws IOException {
        Path own = directory.resolve("desktop-" + session.id());
        if (!Files.isDirectory(own)) {
            Files.createDirectories(directory);
            try (SecurityDescriptor access = SecurityDescriptor.of(PRIVATE)) {
                access.createFolder(own);
            }
        }
        List<String> command = OwnJvm.command(
                HEAP_MEGABYTES,
                own,
                mainClass,
                List.of("desktop", "--session", session.id(), "--connect", address, "--private-dir", own.toString()));
        return WindowsKind.isWine()
                ? WindowsDesktopProcess.startHere(command, ticket)
                : WindowsDesktopProcess.start(Integer.parseInt(session.id()), command, ticket);
    }

    @Override
    public DesktopProcess adopt(DesktopSession session, ProcessHandle helper) {
        return HelperProcess.survivor(helper, () -> {});
    }

    @Override
    public void close() {
        changed = null;
    }
}
