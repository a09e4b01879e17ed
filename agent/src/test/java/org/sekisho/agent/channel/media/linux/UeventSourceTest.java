package org.sekisho.agent.channel.media.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UeventSourceTest {
    @Test
    void opensAndCloses() throws Exception {
        UeventSource source = UeventSource.open(event -> {}, () -> {});
        source.close();
    }

    @Test
    void theInnermostDeviceOwnsADisk() {
        assertThat(LinuxDeviceBus.usbDevice(
                        Path.of("/sys/devices/pci0/usb1/1-1/1-1.4/1-1.4:1.0/host0/target0:0:0/0:0:0:0/block/sdb/sdb1")))
                .isEqualTo("1-1.4");
        assertThat(LinuxDeviceBus.usbDevice(Path.of("/sys/devices/pci0/ata1/host0/target0:0:0/0:0:0:0/block/sda")))
                .isEmpty();
    }
}
