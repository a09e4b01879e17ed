package org.sekisho.agent.channel.media.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.media.DeviceBus;
import org.sekisho.agent.channel.media.DeviceBus.Admission;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.sekisho.v1.MediaClass;

/** What is not on USB, on copies of what sysfs has of it; that a driver lets go is the virtual machine's to show. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "names with colons")
final class OtherBusesTest {
    private static final Admission IN = new Admission(true, Set.of(""), Set.of());

    @TempDir
    private Path sysfs;

    private final Announcements announcements = new Announcements();

    private void attribute(String path, String text) throws IOException {
        Path file = sysfs.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String attribute(String path) throws IOException {
        return SysfsFile.read(sysfs.resolve(path));
    }

    private void drive(String place, int type, int removable) throws IOException {
        byte[] inquiry = new byte[36];
        inquiry[0] = (byte) type;
        inquiry[1] = (byte) removable;
        attribute(place + "/vendor", "HL-DT-ST");
        attribute(place + "/model", "DVDRAM GU90N");
        Files.write(sysfs.resolve(place).resolve("inquiry"), inquiry);
    }

    @Test
    void opticalAndRemovableDrivesOffUsbAreSeenAndFixedDisksAreNot() throws Exception {
        drive("bus/scsi/devices/0:0:0:0", 0, 0);
        drive("bus/scsi/devices/1:0:0:0", 5, 0x80);
        drive("bus/scsi/devices/2:0:0:0", 0, 0x80);
        drive("bus/scsi/devices/3:0:0:0", 0x0d, 0x80);
        drive("devices/usb1/1-1/1-1:1.0/host6/target6:0:0/6:0:0:0", 0, 0x80);
        Files.createSymbolicLink(
                sysfs.resolve("bus/scsi/devices/6:0:0:0"),
                sysfs.resolve("devices/usb1/1-1/1-1:1.0/host6/target6:0:0/6:0:0:0"));
        byte[] page = Arrays.copyOf(new byte[] {0, (byte) 0x80, 0, 3, 'K', '1', ' '}, 7);
        Files.write(sysfs.resolve("bus/scsi/devices/1:0:0:0/vpd_pg80"), page);

        WholeDevices drives = new WholeDevices(ScsiDrives.on(sysfs), announcements);

        assertThat(drives.devices())
                .extracting(RemovableDevice::instance, RemovableDevice::classes, RemovableDevice::serial)
                .containsExactly(
                        tuple("scsi/1:0:0:0", Set.of(MediaClass.OPTICAL), "K1"),
                        tuple("scsi/2:0:0:0", Set.of(MediaClass.CARD_READER), ""));
        RemovableDevice optical = drives.devices().getFirst();
        assertThat(optical.name()).isEqualTo("HL-DT-ST DVDRAM GU90N");
        assertThat(drives.carries(optical, Path.of("/sys/devices/ata2/host1/target1:0:0/1:0:0:0/block/sr0")))
                .isTrue();
        assertThat(drives.carries(optical, Path.of("/sys/devices/ata1/host0/target0:0:0/0:0:0:0/block/sda")))
                .isFalse();
        assertThat(drives.carries(optical, Path.of("/sys/devices/usb1/1-1/host1/target1:0:0/1:0:0:0/block/sdb")))
                .as("a USB device's own")
                .isFalse();
    }

    @Test
    void aDriveThatStaysBoundIsNotSaidToBeShutOut() throws Exception {
        List<Long> waited = new ArrayList<>();
        WholeDevices drives = new WholeDevices(ScsiDrives.on(sysfs), new Announcements() {
            @Override
            long await(long seen, long nanos) {
                waited.add(nanos);
                return 0;
            }
        });
        RemovableDevice optical = held(drives);

        assertThat(drives.admission(optical)).as("it works by itself at first").isEmpty();
        assertThatThrownBy(() -> drives.admit(optical, Set.of())).hasMessageContaining("scsi/1:0:0:0 is still in");
        assertThatThrownBy(() -> drives.admit(optical, Set.of())).hasMessageContaining("scsi/1:0:0:0 is still in");
        assertThat(waited).as("once").containsExactly(1_000_000_000L);
        assertThat(attribute("bus/scsi/devices/1:0:0:0/driver/unbind")).isEqualTo("1:0:0:0");
        assertThat(drives.admit(optical, Set.of("")).now()).isEqualTo(IN);
    }

    /** A drive whose driver was loaded for the first time, and holds it. */
    private RemovableDevice held(WholeDevices drives) throws IOException {
        drive("bus/scsi/devices/1:0:0:0", 0, 0x80);
        Files.createDirectory(sysfs.resolve("bus/scsi/devices/1:0:0:0/driver"));
        attribute("bus/scsi/devices/1:0:0:0/driver/unbind", "");
        return drives.devices().getFirst();
    }

    /** The kernel's next word, which comes with something done. */
    private static Announcements after(Callable<?> done) {
        return new Announcements() {
            @Override
            long await(long seen, long nanos) {
                assertThatCode(done::call).doesNotThrowAnyException();
                return nanos - 1;
            }
        };
    }

    private int deleteDriver() throws IOException {
        Files.delete(sysfs.resolve("bus/scsi/devices/1:0:0:0/driver/unbind"));
        Files.delete(sysfs.resolve("bus/scsi/devices/1:0:0:0/driver"));
        return 0;
    }

    @Test
    void aDriverThatIsLoadedForTheFirstTimeIsGivenTheTimeToLetGo() throws Exception {
        WholeDevices drives = new WholeDevices(ScsiDrives.on(sysfs), after(this::deleteDriver));

        assertThat(drives.admit(held(drives), Set.of()).now()).isEqualTo(Admission.NONE);
    }

    @Test
    void aDriveThatIsPulledWhileItIsWaitedForHasNothingIn() throws Exception {
        Path device = sysfs.resolve("bus/scsi/devices/1:0:0:0");
        WholeDevices drives =
                new WholeDevices(ScsiDrives.on(sysfs), after(() -> Files.move(device, sysfs.resolve("gone"))));

        assertThat(drives.admit(held(drives), Set.of()).now()).isEqualTo(Admission.NONE);
    }

    @Test
    void whatTheKernelSaysWakesWhoWaitsForIt() throws Exception {
        assertThat(announcements.await(0, 1)).as("nothing was said").isLessThanOrEqualTo(0);
        Thread.ofPlatform().start(announcements::heard);
        assertThat(announcements.await(0, Long.MAX_VALUE)).isPositive();
        assertThat(announcements.await(0, 5)).as("said before").isEqualTo(5);
    }

    @Test
    void sdCardsAreShutOutByTheirBussDefaultAndBuiltInStorageIsBound() throws Exception {
        attribute("bus/usb/drivers_probe", "");
        Files.createDirectories(sysfs.resolve("bus/usb/devices"));
        attribute("bus/mmc/drivers_autoprobe", "1");
        attribute("bus/mmc/drivers_probe", "");
        attribute("bus/mmc/devices/mmc0:0001/type", "MMC");
        attribute("bus/mmc/devices/mmc1:aaaa/type", "SD");
        attribute("bus/mmc/devices/mmc1:aaaa/name", "SL32G");
        attribute("bus/mmc/devices/mmc1:aaaa/serial", "0x1234ABCD");
        DeviceBus bus = LinuxDeviceBus.at(sysfs, sysfs);

        DeviceBus.Default denied = bus.denyByDefault();

        assertThat(denied.proof()).contains("drivers_autoprobe=0 on mmc");
        assertThat(denied.takenBack()).isEmpty();
        assertThat(attribute("bus/mmc/drivers_probe")).as("built in").isEqualTo("mmc0:0001");
        assertThat(bus.devices()).singleElement().satisfies(card -> {
            assertThat(card.instance()).isEqualTo("mmc/mmc1:aaaa");
            assertThat(card.serial()).isEqualTo("0x1234abcd");
            assertThat(card.classes()).containsExactly(MediaClass.SD_CARD);
            assertThat(bus.admission(card)).contains(Admission.NONE);
        });
        attribute("bus/mmc/drivers_autoprobe", "1");
        assertThat(bus.deniesByDefault()).isFalse();
        assertThat(bus.denyByDefault().takenBack()).containsExactly("mmc");
        assertThat(bus.deniesByDefault()).isTrue();
        bus.allowByDefault();
        assertThat(attribute("bus/mmc/drivers_autoprobe")).isEqualTo("1");
    }

    @Test
    void thunderboltIsAuthorisedAndSaidToBeOpenWhereTheFirmwareAsksNobody() throws Exception {
        attribute("bus/thunderbolt/devices/domain0/security", "user");
        attribute("bus/thunderbolt/devices/0-0/vendor_name", "the machine itself");
        attribute("bus/thunderbolt/devices/0-1/authorized", "0");
        attribute("bus/thunderbolt/devices/0-1/unique_id", "d4030000-0070-6d18");
        attribute("bus/thunderbolt/devices/0-1/vendor", "0x3d");
        attribute("bus/thunderbolt/devices/0-1/device_name", "Fast SSD");
        WholeDevices devices = new WholeDevices(ThunderboltDevices.on(sysfs), announcements);
        RemovableDevice disk = devices.devices().getFirst();

        assertThat(devices.devices()).hasSize(1);
        assertThat(disk.instance()).isEqualTo("thunderbolt/0-1");
        assertThat(disk.vendorId()).isEqualTo("003d");
        assertThat(devices.admission(disk)).contains(Admission.NONE);
        assertThat(devices.admit(disk, Set.of("")).now()).isEqualTo(IN);
        assertThat(attribute("bus/thunderbolt/devices/0-1/authorized")).isEqualTo("1");
        assertThat(devices.admit(disk, Set.of()).now()).isEqualTo(Admission.NONE);
        assertThat(attribute("bus/thunderbolt/devices/0-1/authorized")).isEqualTo("0");
        assertThat(Unguarded.on(sysfs)).isEmpty();
        attribute("bus/thunderbolt/devices/domain0/security", "none");
        assertThat(Unguarded.on(sysfs)).containsExactly("Thunderbolt (the firmware's security level is none)");
    }

    @Test
    void aBuiltInRadioIsSwitchedOffAndAHandThatSwitchesItOnIsSeen() throws Exception {
        attribute("class/bluetooth/hci0/rfkill3/soft", "0");
        WholeDevices radios = new WholeDevices(BluetoothRadios.on(sysfs), announcements);
        RemovableDevice radio = radios.devices().getFirst();

        assertThat(radio.classes()).containsExactly(MediaClass.BLUETOOTH);
        assertThat(radios.admission(radio)).as("on by itself at first").isEmpty();
        assertThat(radios.admit(radio, Set.of()).now()).isEqualTo(Admission.NONE);
        assertThat(attribute("class/bluetooth/hci0/rfkill3/soft")).isEqualTo("1");

        attribute("class/bluetooth/hci0/rfkill3/soft", "0");
        assertThat(radios.admission(radio)).isEqualTo(Optional.of(IN));
        attribute("class/bluetooth/hci1/address", "");
        assertThat(Unguarded.on(sysfs)).containsExactly("Bluetooth without a switch");
        assertThat(radios.devices()).hasSize(1);
    }
}
