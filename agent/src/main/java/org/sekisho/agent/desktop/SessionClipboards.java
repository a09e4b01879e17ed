package org.sekisho.agent.desktop;

import com.sun.jna.Platform;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.SessionClipboard;
import org.sekisho.agent.channel.clipboard.windows.WindowsClipboard;
import org.sekisho.agent.channel.clipboard.x11.X11Clipboard;

/** The clipboard of a session, by the platform that this process runs on. */
@FunctionalInterface
interface SessionClipboards {

    /** A reader's window stands still while it waits; Windows calls it hung after 5 seconds. */
    Duration WINDOWS_READER_WAITS = Duration.ofSeconds(4);

    /**
     * The clipboard of {@code session}, not served yet.
     *
     * @throws ChannelException if the platform's clipboard can't be guarded
     */
    SessionClipboard open(String session, ContentVault vault, LongSupplier maxBytes) throws ChannelException;

    /** Those of this platform. */
    static SessionClipboards ofThisPlatform() {
        return (session, vault, maxBytes) -> {
            if (Platform.isLinux()) {
                return new X11Clipboard(session, vault, maxBytes);
            }
            if (Platform.isWindows()) {
                return new WindowsClipboard(vault, maxBytes, WINDOWS_READER_WAITS);
            }
            throw new ChannelException("The clipboard can't be guarded on " + System.getProperty("os.name"));
        };
    }
}
