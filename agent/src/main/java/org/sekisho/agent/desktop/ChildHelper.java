package org.sekisho.agent.desktop;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.sekisho.agent.desktop.DesktopSessions.DesktopProcess;

/** A helper that is a plain child of this process, and not isolated from anybody. */
record ChildHelper(Process process) implements DesktopProcess {

    static ChildHelper start(List<String> command, byte[] ticket) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(ticket);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException("the helper (process %d) did not take its ticket".formatted(process.pid()), e);
        }
        return new ChildHelper(process);
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletionStage<String> ended() {
        return process.onExit().thenApply(ended -> "exit " + ended.exitValue());
    }

    @Override
    public void stop() {
        process.destroyForcibly().onExit().join();
    }
}
