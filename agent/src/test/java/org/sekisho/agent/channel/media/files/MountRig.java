package org.sekisho.agent.channel.media.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.TestPeople;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.agent.content.extract.ReadableClassPath;
import org.sekisho.agent.policy.PermitDesk;
import org.sekisho.agent.policy.PolicyDesk;
import org.sekisho.agent.policy.RunningPolicy;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelDefault;
import org.sekisho.v1.ContentCondition;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Rule;
import org.sekisho.v1.Tampered;
import org.sekisho.v1.Verdict;

/** A medium (a loop device with ext4) and the agent's mounts of it, with a real policy and the real processes. */
final class MountRig implements AutoCloseable {
    static final String VOLUME = "loop-under-test";
    /** Everything passes, and is recorded. */
    static final Policy OPEN = Policy.newBuilder()
            .setRevision(1)
            .addDefaults(ChannelDefault.newBuilder().setChannel(Channel.MEDIA).setVerdict(Verdict.AUDIT))
            .build();
    /** The same, but for personal numbers. */
    static final Policy CHECKED = OPEN.toBuilder()
            .addRules(Rule.newBuilder()
                    .setId("no-numbers")
                    .setChannel(Channel.MEDIA)
                    .addContent(ContentCondition.newBuilder().setLabel("my_number"))
                    .setVerdict(Verdict.BLOCK))
            .build();

    private final Path folder;
    private final Path image;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final TestPeople people = new TestPeople();
    private final List<Tampered> losses = new CopyOnWriteArrayList<>();
    private final CheckedMounts mounts;
    private final ShadowFolder shadows;
    private volatile Policy policy;
    private String device = "";
    private MediaVolume volume = volume(false);

    MountRig(Path folder, Policy policy, int megabytes) throws IOException {
        this(folder, policy, megabytes, new MountProgram(MediaMountMain.class.getName(), ReadableClassPath.get()));
    }

    MountRig(Path folder, Policy policy, int megabytes, MountProgram program) throws IOException {
        this.folder = folder;
        this.policy = policy;
        this.image = folder.resolve("medium.img");
        run("truncate", "-s", megabytes + "M", image.toString());
        run("mkfs.ext4", "-q", "-m", "0", image.toString());
        run("unshare", "--mount", "sh", "-ec", "mount -o loop \"$0\" /mnt; rmdir /mnt/lost+found", image.toString());
        Path spool = Files.createDirectory(folder.resolve("spool"));
        this.shadows = new ShadowFolder(folder.resolve("shadow-copies"));
        this.mounts = new CheckedMounts(
                new CheckedMounts.Parts(
                        new PolicyDesk(
                                () -> new RunningPolicy(PolicyDecider.of(this.policy), 1, ByteString.EMPTY),
                                PermitDesk.EMPTY,
                                event -> events.add(event.build()),
                                () -> true,
                                () -> "",
                                Clock.systemUTC(),
                                "terminal",
                                "host"),
                        seen -> seen,
                        () -> this.policy,
                        () -> false,
                        people,
                        () -> ByteString.copyFrom(new byte[32]),
                        losses::add,
                        spool,
                        shadows),
                program,
                new Places());
    }

    /** One whose medium is plugged in, and served. */
    static MountRig plugged(Path folder, Policy policy, int megabytes) throws IOException {
        MountRig rig = new MountRig(folder, policy, megabytes);
        rig.plug(false);
        rig.served();
        return rig;
    }

    private final class Places extends MountPlaces {
        @Override
        VolumeSource source(MediaVolume of) {
            return new VolumeSource(device, false, List.of(device));
        }

        @Override
        boolean isDivided(MediaVolume of) {
            return false;
        }

        @Override
        Path point(MediaVolume of) {
            return MountRig.this.point();
        }
    }

    static void assumeTheKernelCan() {
        assumeThat(System.getProperty("user.name")).as("mounting takes root").isEqualTo("root");
        assumeThat(Path.of("/dev/fuse")).as("FUSE is in the kernel").exists();
        assumeThat(Path.of("/dev/loop-control"))
                .as("loop devices are in the kernel")
                .exists();
    }

    Path point() {
        return folder.resolve("stick");
    }

    String device() {
        return device;
    }

    List<Tampered> losses() {
        return losses;
    }

    /** Where shadow copies wait for the server. */
    ShadowFolder shadows() {
        return shadows;
    }

    TestPeople people() {
        return people;
    }

    /** Records of files, in their order. */
    List<AttemptEvent> files() {
        return events.stream()
                .filter(Event::hasAttempt)
                .map(Event::getAttempt)
                .filter(attempt -> attempt.getAttempt().getMedia().hasFile())
                .toList();
    }

    List<AttemptEvent> ofDevice() {
        return events.stream()
                .filter(Event::hasAttempt)
                .map(Event::getAttempt)
                .filter(attempt -> !attempt.getAttempt().getMedia().hasFile())
                .toList();
    }

    static String line(AttemptEvent event) {
        Attempt attempt = event.getAttempt();
        return attempt.getMedia().getFile().getAct() + " "
                + attempt.getMedia().getFile().getName() + " "
                + event.getDecision().getVerdict();
    }

    void policy(Policy next) {
        policy = next;
        mounts.policyChanged();
    }

    void plug(boolean readOnly) throws IOException {
        device = run("losetup", "-f", "--show", image.toString()).strip();
        volume = volume(readOnly);
        mounts.appeared(volume);
    }

    /** Waits until files can be put on it. */
    void served() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> exit(
                                "sh",
                                "-c",
                                "grep -q \" $0 fuse.sekisho \" /proc/mounts && ls $0 >/dev/null",
                                point().toString())
                        == 0);
    }

    void withdraw() throws IOException {
        mounts.withdrawn(volume);
        if (!device.isEmpty()) {
            run("losetup", "-d", device);
            device = "";
            released();
        }
    }

    /** Waits until the kernel has let go of the image, which it does some time after the last process that used it. */
    private void released() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run("losetup", "-j", image.toString()).isBlank());
    }

    /** What the medium holds, looked at without the agent: path and content of each file. */
    String withoutAgent(String script) throws IOException {
        String found = run(
                "unshare",
                "--mount",
                "sh",
                "-ec",
                "mount -o loop,ro \"$0\" /mnt; cd /mnt; " + script,
                image.toString());
        released();
        return found;
    }

    boolean imageHolds(String text) throws IOException {
        return exit("grep", "-aqF", text, image.toString()) == 0;
    }

    private static MediaVolume volume(boolean readOnly) {
        return new MediaVolume(
                "1-1",
                VOLUME,
                MediaSubject.newBuilder().setSerial("S1").build(),
                readOnly,
                new DesktopSession(":0", "root", List.of()));
    }

    /** Standard output of a program that has to succeed. */
    static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exit = waitFor(process);
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit + ": " + output);
        }
        return output;
    }

    static int exit(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return waitFor(process);
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() throws IOException {
        withdraw();
        mounts.close();
    }
}
