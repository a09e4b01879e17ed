package org.sekisho.agent.channel.media.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class AttributeWatchTest {
    @TempDir
    private Path folder;

    private final Semaphore heard = new Semaphore(0);
    private AttributeWatch watch;

    @BeforeEach
    void open() throws IOException {
        watch = AttributeWatch.open(heard::release);
    }

    @AfterEach
    void close() throws IOException {
        watch.close();
    }

    @Test
    void aWriteByHandIntoTheRealSysfsIsHeard() throws Exception {
        Path queue = Path.of("/sys/block/loop0/queue");
        assumeThat(queue.resolve("read_ahead_kb")).as("a loop device").exists();
        assumeThat(Files.isWritable(queue.resolve("read_ahead_kb")))
                .as("writing takes root")
                .isTrue();
        watch.only(Set.of(queue));

        SysfsFile.write(queue.resolve("read_ahead_kb"), SysfsFile.read(queue.resolve("read_ahead_kb")));

        assertThat(heard.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void aDirectoryThatCameAnewUnderTheSameNameIsHeard() throws Exception {
        Path device = Files.createDirectory(folder.resolve("1-1"));
        Files.writeString(device.resolve("authorized"), "0");
        watch.only(Set.of(device));
        Files.delete(device.resolve("authorized"));
        Files.move(device, folder.resolve("gone"));
        Path anew = Files.createDirectory(device);
        Files.writeString(anew.resolve("authorized"), "0");

        watch.only(Set.of(anew, folder.resolve("never there")));
        heard.drainPermits();
        SysfsFile.write(anew.resolve("authorized"), "1");

        assertThat(heard.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void readingIsNotHeard() throws Exception {
        Path device = Files.createDirectory(folder.resolve("1-1"));
        Files.writeString(device.resolve("authorized"), "0");
        watch.only(Set.of(device));

        assertThat(SysfsFile.read(device.resolve("authorized"))).isEqualTo("0");
        assertThat(heard.availablePermits()).isZero();
        SysfsFile.write(device.resolve("authorized"), "1");
        assertThat(heard.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    }
}
