package org.sekisho.agent.desktop;

import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.local.LocalServer;
import org.sekisho.v1.DesktopHello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The desktop helper. Ends with 0 when told to, {@value #CLIPBOARD_LOST} if the clipboard can't be served, and
 * {@value #NOT_TAKEN} if the service refuses it: then it has to be started anew with a new ticket.
 */
@Command(name = "desktop", mixinStandardHelpOptions = true, resourceBundle = "org.sekisho.agent.desktop.messages")
public final class DesktopCommand implements Callable<Integer> {
    /** Exit code: the session's clipboard can't be reached or was lost. */
    public static final int CLIPBOARD_LOST = 3;

    /** Exit code: the service does not take this helper's ticket. */
    public static final int NOT_TAKEN = 4;

    private static final Logger LOG = LoggerFactory.getLogger(DesktopCommand.class);
    private static final int TICKET_BYTES = 32;

    @Option(names = "--session", required = true, paramLabel = "ID", descriptionKey = "session")
    private String session = "";

    @Option(names = "--connect", required = true, paramLabel = "ADDRESS", descriptionKey = "connect")
    private String address = "";

    @Option(names = "--private-dir", paramLabel = "DIR", descriptionKey = "private-dir")
    private @Nullable Path privateDirectory;

    @Override
    public Integer call() throws Exception {
        Path own = privateDirectory == null ? Files.createTempDirectory("sekisho-desktop-") : privateDirectory;
        // Before any native call: the native library is unpacked where nobody else can write.
        System.setProperty("jna.tmpdir", own.toString());
        if (!Hardening.apply()) {
            LOG.warn("This helper's memory is not protected from other processes of its account");
        }
        byte[] ticket = System.in.readNBytes(TICKET_BYTES);
        DesktopHello hello = DesktopHello.newBuilder()
                .setSession(session)
                .setProtocolVersion(LocalServer.PROTOCOL_VERSION)
                .setTicket(ByteString.copyFrom(ticket))
                .build();
        try (DesktopSeat seat = new DesktopSeat(
                hello,
                address,
                ServiceDialer.ofThisPlatform(),
                SessionClipboards.ofThisPlatform(),
                new NoticeWindows(own, System.getProperty("sekisho.main", "org.sekisho.agent.Main")),
                own)) {
            Runtime.getRuntime().addShutdownHook(new Thread(seat::close, "desktop shutdown"));
            return seat.serve();
        }
    }
}
