package org.sekisho.agent.local;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Path;

/** The service's end and a client's end, by the platform that this process runs on. */
public final class LocalEnds {
    private LocalEnds() {}

    /** Where the service of this terminal listens: a socket in the runtime folder, or the pipe on Windows. */
    public static String address(Path runtimeDir) {
        return Platform.isWindows()
                ? WindowsPipe.ADDRESS
                : runtimeDir.resolve("agent.sock").toString();
    }

    /** Listens. */
    public static LocalListener listen(String address) throws IOException {
        return Platform.isWindows() ? new WindowsPipeListener(address) : new LinuxSocketListener(Path.of(address));
    }

    /** Connects to the service, and sees that it is the service that listens. */
    public static LocalConnection connect(String address) throws IOException {
        return Platform.isWindows() ? WindowsPipe.connect(address) : LinuxSocketConnection.connect(address);
    }
}
