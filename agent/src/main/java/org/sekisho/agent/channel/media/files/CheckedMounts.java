package org.sekisho.agent.channel.media.files;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.agent.channel.media.VolumeListener;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.v1.MountRules;
import org.sekisho.v1.MountSetup;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Tampered;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives volumes of admitted media to the person at the terminal, each by a process of its own that holds what is written
 * until it has been decided. A process that is lost leaves a mount on which everything fails; it is mounted anew, and the
 * loss is an event. Thread-safe.
 */
public final class CheckedMounts implements VolumeListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedMounts.class);
    /** After that many something is wrong that another try does not mend. */
    private static final int TRIES = 5;
    /** A stick of this size is rarely filled with one file; more is taken only from what is free. */
    private static final long SPOOL_BYTES = 8L << 30;

    private final FileDesk desk;
    private final Parts parts;
    private final MountProgram program;
    private final MountPlaces places;
    private final ShadowOrders shadows;
    private final Map<String, Standing> volumes = new ConcurrentHashMap<>();

    /**
     * What the mounts need.
     *
     * @param desk decides and records
     * @param programs adds what can be told of a process that is named by its pid
     * @param policy that is running; the default instance where there is none
     * @param namesFiles whether a permit is for some files only: then what is written is held until its hash is known
     * @param people speaks with the person of a session
     * @param fingerprintKey 32 bytes
     * @param losses is told of processes that were ended by somebody else
     * @param spool a folder that only this account may enter
     * @param shadows where shadow copies wait for the server
     */
    public record Parts(
            AttemptDesk desk,
            UnaryOperator<org.sekisho.v1.Process> programs,
            Supplier<Policy> policy,
            BooleanSupplier namesFiles,
            PersonDesk people,
            Supplier<ByteString> fingerprintKey,
            Consumer<Tampered> losses,
            Path spool,
            ShadowFolder shadows) {}

    /** Mounts by {@link MediaMountMain} on this process's class path. */
    public static CheckedMounts of(Parts parts) {
        return new CheckedMounts(
                parts,
                new MountProgram(MediaMountMain.class.getName(), System.getProperty("java.class.path")),
                new MountPlaces());
    }

    CheckedMounts(Parts parts, MountProgram program, MountPlaces places) {
        this.parts = requireNonNull(parts, "parts is null");
        this.shadows = new ShadowOrders(parts.policy(), parts.shadows());
        this.desk =
                new FileDesk(parts.desk(), parts.programs(), new ContentRules(parts.policy()), parts.people(), shadows);
        this.program = requireNonNull(program, "program is null");
        this.places = requireNonNull(places, "places is null");
    }

    @Override
    public void appeared(MediaVolume volume) {
        Standing standing = new Standing(volume);
        Standing before = volumes.put(volume.name(), standing);
        if (before != null) {
            before.end();
        }
        standing.begin();
    }

    @Override
    public void withdrawn(MediaVolume volume) {
        Standing standing = volumes.remove(volume.name());
        if (standing != null) {
            standing.end();
        }
    }

    /** Another policy, or other permits, are in force. */
    public void policyChanged() {
        boolean asked = holds();
        volumes.values().forEach(standing -> standing.rules(asked));
    }

    @Override
    public void close() {
        volumes.values().forEach(Standing::end);
        volumes.clear();
    }

    private boolean holds() {
        return desk.asksForContent() || parts.namesFiles().getAsBoolean();
    }

    private MountSetup setup(MediaVolume volume, VolumeSource source) throws IOException {
        int[] owner = places.owner(volume);
        return MountSetup.newBuilder()
                .setUid(owner[0])
                .setGid(owner[1])
                .setReadOnly(volume.readOnly())
                .setFingerprintKey(parts.fingerprintKey().get())
                .setSpool(parts.spool().toString())
                // Half of what is free: the terminal has other work to do on its disk.
                .setMostHeldBytes(Math.min(SPOOL_BYTES, new File(parts.spool().toString()).getUsableSpace() / 2))
                .setRules(MountRules.newBuilder().setContentAskedFor(holds()))
                .addAllGuarded(source.guarded())
                .setShadowCopies(parts.shadows().path().toString())
                .build();
    }

    /** One volume for as long as it may be used: served by one process after the other, if need be. */
    private final class Standing {
        private final MediaVolume volume;
        private final Thread thread;
        private @Nullable ServedVolume served;
        private boolean over;

        Standing(MediaVolume volume) {
            this.volume = volume;
            this.thread =
                    Thread.ofPlatform().daemon().name("volume " + volume.name()).unstarted(this::run);
        }

        void begin() {
            desk.begin(volume);
            thread.start();
        }

        void rules(boolean asked) {
            ServedVolume now = served();
            if (now != null) {
                now.rules(asked);
            }
        }

        /** Returns when nobody reaches the volume any more, and what was decided is written back. */
        void end() {
            ServedVolume now;
            desk.end(volume);
            synchronized (this) {
                over = true;
                now = served;
            }
            if (now != null) {
                now.end();
            }
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized @Nullable ServedVolume served() {
            return served;
        }

        private synchronized boolean isOver() {
            return over;
        }

        private void run() {
            try {
                if (places.isDivided(volume)) {
                    return;
                }
                Path point = places.point(volume);
                try {
                    serveAt(point);
                } finally {
                    places.unmount(point);
                }
            } catch (IOException e) {
                LOG.warn("{} can't be given to anybody: {}", volume.name(), e.getMessage());
                desk.failed(volume, String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void serveAt(Path point) throws IOException, InterruptedException {
            VolumeSource source = places.source(volume);
            int exit = 0;
            for (int tries = 0; tries < TRIES; tries++) {
                Process process = program.start(source.path(), source.folder(), point, volume.readOnly());
                ServedVolume now = new ServedVolume(volume, process, desk, shadows);
                synchronized (this) {
                    served = now;
                }
                if (isOver()) {
                    now.end();
                }
                exit = now.serve(setup(volume, source), () -> LOG.info("{} is at {}", volume.name(), point));
                if (isOver()) {
                    return;
                }
                if (MountProgram.cantMount(exit)) {
                    throw new IOException(MountProgram.reason(exit));
                }
                parts.losses()
                        .accept(Tampered.newBuilder()
                                .setWhat("checked mount")
                                .setDetail("the process that serves %s ended with %d".formatted(volume.name(), exit))
                                .build());
            }
            throw new IOException(MountProgram.reason(exit) + ", and was lost " + TRIES + " times");
        }
    }
}
