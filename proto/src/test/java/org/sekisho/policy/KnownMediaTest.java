package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.RegisteredMedium;
import org.sekisho.v1.Registration;

class KnownMediaTest {
    private static final DeviceIdentity STICK = DeviceIdentity.newBuilder()
            .setVendorId("0781")
            .setProductId("5567")
            .setSerial("S1")
            .build();
    private static final MediaSubject PLUGGED = MediaSubject.newBuilder()
            .setMediaClass(MediaClass.USB_STORAGE)
            .setVendorId("0781")
            .setProductId("5567")
            .setSerial("S1")
            .setDeviceHash("EF".repeat(32))
            .build();

    private static RegisteredMedium.Builder entry(String id) {
        return RegisteredMedium.newBuilder().setId(id).setDevice(STICK);
    }

    private static Registration registration(RegisteredMedium.Builder... entries) {
        MediaRegister.Builder register = MediaRegister.newBuilder();
        for (RegisteredMedium.Builder entry : entries) {
            register.addMedia(entry);
        }
        return new KnownMedia(register.build()).registration(PLUGGED, 1_000);
    }

    @Test
    void knowsADeviceByNumbersOrByHash() {
        assertThat(registration(entry("a"))).isEqualTo(Registration.REGISTERED);
        assertThat(registration(entry("a").setDevice(DeviceIdentity.newBuilder().setDeviceHash("ef".repeat(32)))))
                .isEqualTo(Registration.REGISTERED);
        assertThat(registration(entry("a").setMediaClass(MediaClass.USB_STORAGE)))
                .isEqualTo(Registration.REGISTERED);
    }

    @Test
    void doesNotKnowOthersNorWhatHasEndedNorWhatShowsAnotherClass() {
        assertThat(registration()).isEqualTo(Registration.NOT_REGISTERED);
        assertThat(registration(entry("a").setDevice(STICK.toBuilder().setSerial("S2"))))
                .isEqualTo(Registration.NOT_REGISTERED);
        assertThat(registration(entry("a").setDevice(STICK.toBuilder().setDeviceHash("ee".repeat(32)))))
                .isEqualTo(Registration.NOT_REGISTERED);
        assertThat(registration(entry("a").setMediaClass(MediaClass.PHONE))).isEqualTo(Registration.NOT_REGISTERED);
        assertThat(registration(entry("a").setExpiresAt(1_000))).isEqualTo(Registration.NOT_REGISTERED);
        assertThat(registration(entry("a").setExpiresAt(1_001))).isEqualTo(Registration.REGISTERED);
    }

    @Test
    void aLostOneIsNotRegisteredWhateverElseIsSaid() {
        assertThat(registration(entry("a"), entry("b").setLost(true))).isEqualTo(Registration.NOT_REGISTERED);
    }

    @Test
    void tellsWhenTheNextEntryEnds() {
        KnownMedia media = new KnownMedia(MediaRegister.newBuilder()
                .addMedia(entry("a").setExpiresAt(5))
                .addMedia(entry("b").setExpiresAt(9))
                .addMedia(entry("c"))
                .build());

        assertThat(media.nextEnd(4)).hasValue(5);
        assertThat(media.nextEnd(5)).hasValue(9);
        assertThat(media.nextEnd(9)).isEmpty();
    }
}
