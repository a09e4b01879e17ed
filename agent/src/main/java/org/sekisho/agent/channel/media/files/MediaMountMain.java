package org.sekisho.agent.channel.media.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.files.fuse.FuseServer;
import org.sekisho.agent.content.HmacFingerprinter;
import org.sekisho.agent.content.extract.Extraction;
import org.sekisho.agent.content.extract.Sandbox;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.v1.MountOrder;
import org.sekisho.v1.MountReport;
import org.sekisho.v1.MountSetup;
import org.sekisho.v1.MountStanding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one volume: what {@link MountProgram} has mounted already. Orders come by standard input, reports go to a descriptor
 * of their own. Ends when it is told to, when the volume is unmounted, or when the service is gone: then the kernel answers
 * all who have files open with {@code ENOTCONN}, and nothing gets through.
 *
 * <p>A program by itself, and no subcommand: a person waits for their stick meanwhile, and reading how all commands are
 * described takes most of such a start.
 */
public final class MediaMountMain {
    private static final Logger LOG = LoggerFactory.getLogger(MediaMountMain.class);

    /** Half of what the service waits for the end of this process. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final Path raw = Path.of(MountProgram.RAW);

    private MediaMountMain() {}

    /** Runs it; ends the process with 1 if the service is not understood. */
    public static void main(String[] arguments) throws InterruptedException {
        int exit = 0;
        try {
            new MediaMountMain().serve();
        } catch (IOException e) {
            System.err.println("The volume can't be served: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    private void serve() throws IOException, InterruptedException {
        OutputStream out = new BufferedOutputStream(reports());
        MountSetup setup = Frames.read(System.in, MountOrder.parser())
                .filter(MountOrder::hasSetup)
                .map(MountOrder::getSetup)
                .orElseThrow(() -> new IOException("the service has sent no set-up"));
        AtomicBoolean readOnly = new AtomicBoolean(setup.getReadOnly());
        String trouble = guard(setup);
        if (!trouble.isEmpty()) {
            readOnly.set(true);
        }
        ServiceRulings rulings = new ServiceRulings(out, setup.getRules().getContentAskedFor());
        EarlyWriteBack early = EarlyWriteBack.of(raw);
        try (Extraction extraction = new Extraction(Sandbox.ofThisProgram())) {
            Settlement settlement = new Settlement(
                    new HmacFingerprinter(setup.getFingerprintKey().toByteArray()),
                    extraction,
                    rulings,
                    new ShadowWriter(new ShadowFolder(Path.of(setup.getShadowCopies()))));
            CheckedFiles files = new CheckedFiles(
                    new Volume(raw, setup.getUid(), setup.getGid()),
                    readOnly::get,
                    new SpoolRoom(Path.of(setup.getSpool()), setup.getMostHeldBytes()),
                    settlement);
            Frames.write(
                    out,
                    MountReport.newBuilder()
                            .setStanding(MountStanding.newBuilder()
                                    .setReadOnly(readOnly.get())
                                    .setDetail(trouble))
                            .build());
            Thread.ofPlatform().daemon().name("orders").start(() -> orders(rulings, readOnly, files, early));
            new FuseServer(MountProgram.DEVICE, files, early::changed).serve();
        }
    }

    /** Only a pipe of the service's: started by anybody else, the descriptor is of some file, which stays as it is. */
    private static OutputStream reports() throws IOException {
        Path descriptor = Path.of("/proc/self/fd/" + MountProgram.REPORTS);
        if (!Files.isSymbolicLink(descriptor)
                || !Files.readSymbolicLink(descriptor).toString().startsWith("pipe:")) {
            throw new IOException("this program is started by the agent's service only");
        }
        return Files.newOutputStream(descriptor, StandardOpenOption.WRITE);
    }

    private String guard(MountSetup setup) {
        if (setup.getGuardedCount() == 0) {
            return "";
        }
        try {
            RawGuard.start(raw, setup.getGuardedList());
            return "";
        } catch (IOException e) {
            LOG.warn("{}; the volume is read-only", e.getMessage());
            return String.valueOf(e.getMessage());
        }
    }

    private void orders(ServiceRulings rulings, AtomicBoolean readOnly, CheckedFiles files, EarlyWriteBack early) {
        int exit = 0;
        try {
            for (MountOrder order = next(); order != null; order = next()) {
                switch (order.getOrderCase()) {
                    case RULES -> rulings.rules(order.getRules().getContentAskedFor());
                    case RULING -> rulings.ruled(order.getRuling());
                    case END -> {
                        readOnly.set(true);
                        // Rulings still come in meanwhile.
                        Thread.ofPlatform().name("end").start(() -> end(rulings, files, early));
                    }
                    case SETUP, ORDER_NOT_SET -> throw new IOException("an order that makes no sense");
                }
            }
        } catch (IOException e) {
            LOG.error("The service is not understood any more: {}", e.getMessage());
            exit = 1;
        }
        rulings.end();
        writeBack(files, early, rulings);
        System.exit(exit);
    }

    private void end(ServiceRulings rulings, CheckedFiles files, EarlyWriteBack early) {
        try {
            files.settleClosed(SETTLING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writeBack(files, early, rulings);
        System.exit(0);
    }

    private static @Nullable MountOrder next() throws IOException {
        return Frames.read(System.in, MountOrder.parser()).orElse(null);
    }

    /** Unmounts the medium's own file system: when this process is over, so is writing back what was decided. */
    private void writeBack(CheckedFiles files, EarlyWriteBack early, ServiceRulings rulings) {
        try {
            // First, as the service still answers what is recorded now, if it is there, and writing to a slow stick may
            // take long.
            files.abandon();
            rulings.end();
            early.end();
            Process umount = new ProcessBuilder("umount", "--", raw.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (umount.waitFor() != 0) {
                LOG.warn("{} can't be unmounted; what was decided is written back when this process has ended", raw);
            }
        } catch (IOException e) {
            LOG.error("{} can't be unmounted: {}", raw, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
