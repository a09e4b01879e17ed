package org.sekisho.agent.channel.media.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.media.RemovableDevice;
import org.sekisho.agent.channel.media.Uevent;
import org.sekisho.agent.channel.media.linux.PassingDevices.Plugging;

class PassingDevicesTest {
    private final PassingDevices passing = new PassingDevices();

    @Test
    void whatWasPulledBeforeItWasReadIsToldOfOnce() {
        passing.heard(added("1-1", 5));

        List<RemovableDevice> gone = passing.gone(List.of(), one -> false);
        assertThat(gone).hasSize(1);
        assertThat(gone.getFirst().instance()).isEqualTo("1-1");
        assertThat(gone.getFirst().vendorId()).isEqualTo("0951");
        assertThat(gone.getFirst().productId()).isEqualTo("000a");
        assertThat(gone.getFirst().flaw()).isNotEmpty();
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();
    }

    @Test
    void whatWasReadIsNot() {
        passing.heard(added("1-1", 5));
        assertThat(passing.gone(List.of(read("1-1", 5)), one -> false)).isEmpty();
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();
    }

    @Test
    void whatWasReadWhenItCameAndLeftBeforeAllWereLookedAtIsNot() {
        passing.heard(added("1-1", 5));
        passing.wereRead(List.of(read("1-1", 5)));
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();

        passing.wereRead(List.of(read("1-1", 6)));
        assertThat(passing.gone(List.of(read("1-1", 6)), one -> true)).isEmpty();
        passing.heard(added("1-1", 6));
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();
    }

    @Test
    void whatWasReadBeforeTheKernelsWordWasHeardIsNot() {
        assertThat(passing.gone(List.of(read("1-1", 5)), one -> false)).isEmpty();
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();
        passing.heard(added("1-1", 5));
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();
        // The kernel gives a number anew after 127 others.
        passing.heard(added("1-1", 5));
        assertThat(passing.gone(List.of(), one -> false)).hasSize(1);
    }

    @Test
    void whatIsStillThereIsReadTheNextTime() {
        passing.heard(added("1-1", 5));
        assertThat(passing.gone(List.of(), new Plugging("1-1", 5)::equals)).isEmpty();
        assertThat(passing.gone(List.of(read("1-1", 5)), one -> false)).isEmpty();
    }

    @Test
    void whatIsAnnouncedOnceMoreIsNoOtherDevice() {
        passing.heard(added("1-1", 5));
        assertThat(passing.gone(List.of(read("1-1", 5)), one -> true)).isEmpty();
        passing.heard(added("1-1", 5));
        assertThat(passing.gone(List.of(read("1-1", 5)), one -> true)).isEmpty();
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();

        Map<String, String> ordered = new HashMap<>(variables("951/a/100", "005"));
        ordered.put("SYNTH_UUID", "0");
        passing.heard(new Uevent("add", "/devices/usb1/1-1", "usb", ordered));
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();
    }

    @Test
    void anotherInItsPlaceIsNotIt() {
        passing.heard(added("1-1", 5));
        passing.heard(added("1-1", 6));
        assertThat(passing.gone(List.of(read("1-1", 6)), one -> false))
                .extracting(RemovableDevice::plugging)
                .containsExactly("5/gone");
    }

    @Test
    void whatIsNoDeviceThatWasPluggedInIsIgnored() {
        passing.heard(added("usb1", 1));
        passing.heard(new Uevent("remove", "/devices/usb1/1-1", "usb", variables("951/a/100", "005")));
        passing.heard(new Uevent("add", "/devices/usb1/1-1", "usb", variables("what/ever", "005")));
        passing.heard(new Uevent("add", "/devices/usb1/1-1", "usb", variables("951/a/100", "99999999999")));
        passing.heard(new Uevent("add", "/devices/usb1/1-1", "usb", Map.of("DEVTYPE", "usb_interface")));
        assertThat(passing.gone(List.of(), one -> false)).isEmpty();
    }

    @Test
    void aStormIsBounded() {
        for (int i = 0; i < 5_000; i++) {
            passing.heard(added("1-1", i % 127));
        }
        assertThat(passing.gone(List.of(), one -> false)).hasSize(1_024);
    }

    private static Uevent added(String instance, int number) {
        return new Uevent("add", "/devices/usb1/" + instance, "usb", variables("951/a/100", "%03d".formatted(number)));
    }

    private static Map<String, String> variables(String product, String number) {
        return Map.of("DEVTYPE", "usb_device", "PRODUCT", product, "DEVNUM", number);
    }

    private static RemovableDevice read(String instance, int number) {
        return new RemovableDevice(instance, number + "/12345", "0951", "000a", "S", "Stick", "", List.of(), "");
    }
}
