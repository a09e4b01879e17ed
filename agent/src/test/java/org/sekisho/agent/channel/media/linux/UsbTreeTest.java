package org.sekisho.agent.channel.media.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.media.DescriptorBytes;
import org.sekisho.agent.channel.media.DeviceBus.Admission;
import org.sekisho.agent.channel.media.RemovableDevice;

/** On a copy of what sysfs has of a keyboard behind a hub; what it does on a real kernel is the virtual machine's to show. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names with colons")
final class UsbTreeTest {
    private static final String KEYBOARD = "1-1.2";

    @TempDir
    private Path sysfs;

    private UsbTree usb;
    private RemovableDevice keyboard;

    @BeforeEach
    void plugged() throws IOException {
        Files.createDirectories(sysfs.resolve("bus/usb"));
        Files.writeString(sysfs.resolve("bus/usb/drivers_probe"), "");
        Path device = Files.createDirectories(at(KEYBOARD));
        Files.write(device.resolve("descriptors"), DescriptorBytes.keyboard());
        Files.writeString(device.resolve("authorized"), "0");
        Files.writeString(device.resolve("devnum"), "7");
        function("1.0", "0");
        function("1.1", "0");
        usb = new UsbTree(sysfs);
        keyboard = usb.devices().getFirst();
    }

    @AfterEach
    void close() {
        usb.close();
    }

    private Path at(String name) {
        return sysfs.resolve("bus/usb/devices").resolve(name);
    }

    private void function(String id, String authorized) throws IOException {
        Path function = Files.createDirectories(at(KEYBOARD + ":" + id));
        Files.writeString(function.resolve("authorized"), authorized);
    }

    private void remove(String name) throws IOException {
        try (var all = Files.list(at(name))) {
            for (Path one : all.toList()) {
                Files.delete(one);
            }
        }
        Files.delete(at(name));
    }

    private void plugStick(String instance) throws IOException {
        Path device = Files.createDirectories(at(instance));
        Files.write(device.resolve("descriptors"), DescriptorBytes.stick());
        Files.writeString(device.resolve("authorized"), "0");
        Files.writeString(device.resolve("devnum"), "8");
    }

    @Test
    void whatCameIsToldOfOnce() throws IOException {
        assertThat(usb.arrivals()).isEmpty();
        plugStick("1-2");

        assertThat(usb.arrivals()).extracting(RemovableDevice::instance).containsExactly("1-2");
        assertThat(usb.arrivals()).isEmpty();
        assertThat(usb.devices()).extracting(RemovableDevice::instance).containsExactly(KEYBOARD, "1-2");
    }

    @Test
    void whatIsLetInIsReadBack() throws IOException {
        Admission in = usb.admit(keyboard, Set.of("1.0")).now();

        assertThat(in).isEqualTo(new Admission(true, Set.of("1.0"), Set.of("1.1")));
        assertThat(at(KEYBOARD).resolve("authorized")).hasContent("1");
        assertThat(at(KEYBOARD + ":1.1").resolve("authorized")).hasContent("0");
        assertThat(sysfs.resolve("bus/usb/drivers_probe")).hasContent(KEYBOARD + ":1.0");
        assertThat(usb.admit(keyboard, Set.of()).now()).isEqualTo(Admission.NONE);
    }

    @Test
    void functionsThatLeaveBeforeTheirDeviceAreNeitherInNorOut() throws IOException {
        usb.admit(keyboard, Set.of("1.0", "1.1"));

        remove(KEYBOARD + ":1.0");
        assertThat(usb.admission(keyboard)).contains(new Admission(true, Set.of("1.1"), Set.of()));
        remove(KEYBOARD + ":1.1");
        assertThat(usb.admission(keyboard)).contains(new Admission(true, Set.of(), Set.of()));
        assertThat(usb.admit(keyboard, Set.of("1.0", "1.1")).now()).isEqualTo(new Admission(true, Set.of(), Set.of()));
    }

    @Test
    void whatAHandHasShutOutIsOut() throws IOException {
        usb.admit(keyboard, Set.of("1.0", "1.1"));

        Files.writeString(at(KEYBOARD + ":1.1").resolve("authorized"), "0");
        assertThat(usb.admission(keyboard)).contains(new Admission(true, Set.of("1.0"), Set.of("1.1")));
        Files.writeString(at(KEYBOARD).resolve("authorized"), "0");
        assertThat(usb.admission(keyboard)).contains(Admission.NONE);
    }

    @Test
    void whatLettingInFindsDoneByAHandIsSaid() throws IOException {
        usb.admit(keyboard, Set.of());
        Files.writeString(at(KEYBOARD).resolve("authorized"), "1");
        assertThat(usb.admit(keyboard, Set.of()).found()).contains(new Admission(true, Set.of(), Set.of()));

        usb.admit(keyboard, Set.of("1.0"));
        Files.writeString(at(KEYBOARD + ":1.0").resolve("authorized"), "0");
        Files.writeString(at(KEYBOARD + ":1.1").resolve("authorized"), "1");
        assertThat(usb.admit(keyboard, Set.of("1.0")).found())
                .contains(new Admission(true, Set.of("1.1"), Set.of("1.0")));
        assertThat(usb.admit(keyboard, Set.of("1.0")).found()).contains(new Admission(true, Set.of("1.0"), Set.of()));
    }

    @Test
    void anotherDeviceInItsPlaceIsNotIt() throws IOException {
        remove(KEYBOARD);
        assertThat(usb.devices()).isEmpty();

        assertThat(usb.admission(keyboard)).isEmpty();
        assertThat(usb.admit(keyboard, Set.of("1.0")).now()).isEqualTo(Admission.NONE);
    }

    @Test
    void whatItSaysOfItselfIsReadFromItsDescriptors() {
        assertThat(keyboard.vendorId()).isEqualTo("046d");
        assertThat(keyboard.productId()).isEqualTo("c31c");
    }

    @Test
    void aDeviceWhoseAttributesAreBeingTakenAwayIsNotThere() throws IOException {
        Path leaving = Files.createDirectories(at("1-1.3"));
        Files.write(leaving.resolve("descriptors"), DescriptorBytes.stick());
        Files.writeString(leaving.resolve("authorized"), "0");

        assertThat(usb.devices()).containsExactly(keyboard);
        Files.writeString(leaving.resolve("devnum"), "8");
        assertThat(usb.devices()).hasSize(2);
    }
}
