package org.sekisho.agent.channel.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UeventTest {
    private static final String ADD =
            "add@/devices/usb1/1-1\0ACTION=add\0DEVPATH=/devices/usb1/1-1\0SUBSYSTEM=usb\0DEVTYPE=usb_device\0SEQNUM=7\0";

    @Test
    void theKernelsIsRead() {
        Uevent event = parse(ADD).orElseThrow();
        assertThat(event.action()).isEqualTo("add");
        assertThat(event.path()).isEqualTo("/devices/usb1/1-1");
        assertThat(event.subsystem()).isEqualTo("usb");
        assertThat(event.variable("DEVTYPE")).isEqualTo("usb_device");
        assertThat(event.variable("PRODUCT")).isEmpty();
    }

    @Test
    void whatIsNotTheKernelsIsNot() {
        assertThat(parse("libudev\0\1\2\3ACTION=add\0")).isEmpty();
        assertThat(parse(ADD.replace("add@", "remove@"))).isEmpty();
        assertThat(parse(ADD.replace("SUBSYSTEM=usb\0", ""))).isEmpty();
        assertThat(parse("")).isEmpty();
        assertThat(Uevent.parse(new byte[4], 5)).isEmpty();
        assertThat(Uevent.parse(new byte[10_000], 10_000)).isEmpty();
    }

    private static Optional<Uevent> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Uevent.parse(bytes, bytes.length);
    }
}
