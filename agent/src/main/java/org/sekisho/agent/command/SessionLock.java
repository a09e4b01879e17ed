package org.sekisho.agent.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.command.CommandActs.Outcome;

/**
 * Locks the desktop sessions of a Linux terminal by systemd-logind (loginctl(1), {@code lock-sessions}). logind asks each
 * session's own screen locker; whether that did it is only known where it says so ({@code LockedHint}), and is told apart.
 */
final class SessionLock {
    /** logind answers at once; longer, and it hangs. */
    private static final int SECONDS = 10;
    /** Far more than any list of sessions. */
    private static final int MOST_BYTES = 64 * 1024;

    private final String program;

    /** @param program {@code loginctl} */
    SessionLock(String program) {
        this.program = program;
    }

    Outcome lock() {
        if (!Platform.isLinux()) {
            return Outcome.unsupported("sessions are locked on Linux only; this is " + System.getProperty("os.name"));
        }
        try {
            Result asked = run("lock-sessions");
            if (asked.exit() != 0) {
                return Outcome.failed(program + " lock-sessions: exit " + asked.exit() + " " + asked.output());
            }
            return readBack();
        } catch (IOException e) {
            // There is no such program: a system without systemd.
            return Outcome.unsupported(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed("interrupted");
        }
    }

    private Outcome readBack() throws IOException, InterruptedException {
        List<String> locked = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (String line : run("list-sessions", "--no-legend").output().lines().toList()) {
            String session = line.strip().split("\\s+", 2)[0];
            if (!session.isEmpty()) {
                String hint = run("show-session", session, "--property=LockedHint", "--value")
                        .output();
                (hint.equals("yes") ? locked : silent).add(session);
            }
        }
        if (locked.isEmpty() && silent.isEmpty()) {
            return Outcome.failed("there is no session to lock");
        }
        return Outcome.done("logind was asked to lock all sessions; locked: " + named(locked)
                + "; asked, without an answer yet: " + named(silent));
    }

    private static String named(List<String> sessions) {
        return sessions.isEmpty() ? "none" : String.join(", ", sessions);
    }

    private record Result(int exit, String output) {}

    private Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            // The output of all of these fits into the pipe, so the deadline comes first.
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return new Result(-1, "no answer within " + SECONDS + " s");
            }
            try (InputStream out = process.getInputStream()) {
                return new Result(process.exitValue(), new String(out.readNBytes(MOST_BYTES), UTF_8).strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
