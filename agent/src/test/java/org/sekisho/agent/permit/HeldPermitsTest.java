package org.sekisho.agent.permit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.schedule.ManualLoop;
import org.sekisho.agent.sealed.FloorFile;
import org.sekisho.agent.sealed.SealedFile;
import org.sekisho.agent.sealed.SealingKey;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.policy.DocumentVerifier;
import org.sekisho.policy.Permit;
import org.sekisho.policy.Permits;
import org.sekisho.policy.PolicySigner;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.DeviceIdentity;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaRegister;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PermitBook;
import org.sekisho.v1.PermitDirection;
import org.sekisho.v1.PermitGrant;
import org.sekisho.v1.Refusal;
import org.sekisho.v1.RegisteredMedium;
import org.sekisho.v1.Registration;
import org.sekisho.v1.Segment;
import org.sekisho.v1.Signed;
import org.sekisho.v1.SignedPayload;

class HeldPermitsTest {
    private static final Attempt PASTE =
            Attempt.newBuilder().setChannel(Channel.CLIPBOARD).build();

    private final ManualLoop loop = new ManualLoop();
    private final Instant start = loop.now();
    private final List<Event> events = new ArrayList<>();
    private final List<PermitAck> acks = new ArrayList<>();
    private KeyPair keys;
    private SecretStore secrets;
    private Path folder;
    private HeldPermits held;
    private HeldMediaRegister register;
    private int changes;
    /** Where the monotonic clock of this run begins. */
    private long runs;

    @BeforeEach
    void begin(@TempDir Path stateDir) throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        secrets = SecretStore.forPlatform(stateDir);
        folder = stateDir.resolve("policy");
        restart();
    }

    /** As after a restart of the machine: the monotonic clock says nothing of the run before. */
    private void restart() throws IOException {
        runs += Duration.ofDays(1).toNanos();
        long origin = runs - loop.nanos();
        SealingKey key = SealingKey.of(secrets);
        TrustedTime time = new TrustedTime(new TimeFile(secrets, "time", key), () -> origin + loop.nanos(), loop::now);
        held = new HeldPermits(
                loop,
                new HeldDocument<>(
                        DocumentKind.PERMIT_BOOK,
                        new SealedFile(folder, "permits", key),
                        new FloorFile(secrets, "permit-floor", key),
                        DocumentVerifier.permits(List.of(keys.getPublic()), "tenant-1", "terminal-7"),
                        event -> events.add(event.build())),
                new UseFile(secrets, "uses", key),
                time,
                event -> events.add(event.build()),
                () -> changes++);
        register = new HeldMediaRegister(
                loop,
                new HeldDocument<>(
                        DocumentKind.MEDIA_REGISTER,
                        new SealedFile(folder, "media-register", key),
                        new FloorFile(secrets, "register-floor", key),
                        DocumentVerifier.mediaRegister(List.of(keys.getPublic()), "tenant-1", Segment.MY_NUMBER),
                        event -> events.add(event.build())),
                time,
                () -> changes++);
        held.start();
        register.start();
        loop.run();
    }

    private PermitGrant.Builder permit(String id, Duration from, Duration until) {
        return PermitGrant.newBuilder()
                .setId(id)
                .setUser("hanako")
                .setTerminal("terminal-7")
                .setChannel(Channel.CLIPBOARD)
                .setDirection(PermitDirection.OUTWARD)
                .setFromMicros(micros(start.plus(from)))
                .setUntilMicros(micros(start.plus(until)));
    }

    private static PermitGrant.Builder forStick(PermitGrant.Builder permit) {
        return permit.setChannel(Channel.MEDIA)
                .setDevice(DeviceIdentity.newBuilder().setDeviceHash("ab".repeat(32)));
    }

    private static Attempt stickAt(String instance) {
        return Attempt.newBuilder()
                .setChannel(Channel.MEDIA)
                .setMedia(MediaSubject.newBuilder().setInstance(instance))
                .build();
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private SignedPayload.Builder payload(long revision, PermitGrant.Builder... permits) {
        PermitBook.Builder book = PermitBook.newBuilder();
        for (PermitGrant.Builder permit : permits) {
            book.addPermits(permit);
        }
        return SignedPayload.newBuilder()
                .setTenant("tenant-1")
                .setAudience("terminal:terminal-7")
                .setRevision(revision)
                .setNotBefore(start.getEpochSecond() - 300)
                .setExpiresAt(start.getEpochSecond() + 400 * 86_400)
                .setPermits(book);
    }

    private PermitAck send(SignedPayload.Builder payload) {
        return send(new PolicySigner(keys).sign(payload.build()));
    }

    private PermitAck send(Signed signed) {
        held.arrived(signed, acks::add);
        loop.run();
        return acks.getLast();
    }

    private List<String> inForce() {
        return held.inForce() instanceof Permits.Granted granted
                ? granted.permits().stream().map(Permit::id).toList()
                : List.of();
    }

    @Test
    void isInForceFromItsBeginningToItsEndAndSaysWhenThatChanges() {
        PermitAck ack = send(payload(1, permit("p", Duration.ofHours(1), Duration.ofHours(3))));

        assertThat(ack.getRefusal()).isEqualTo(Refusal.REFUSAL_UNSPECIFIED);
        assertThat(ack.getRevision()).isEqualTo(1);
        assertThat(inForce()).isEmpty();
        assertThat(changes).isZero();
        loop.advance(Duration.ofHours(1));
        assertThat(inForce()).containsExactly("p");
        assertThat(changes).isEqualTo(1);
        loop.advance(Duration.ofHours(2));
        assertThat(inForce()).isEmpty();
        assertThat(changes).isEqualTo(2);
        // Nothing is looked at any more while nothing is to come.
        assertThat(loop.timers()).isZero();
    }

    @Test
    void aRevocationTakesItAwayAtOnce() {
        send(payload(1, permit("p", Duration.ZERO, Duration.ofHours(1))));
        assertThat(inForce()).containsExactly("p");
        send(payload(2));

        assertThat(inForce()).isEmpty();
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void turningTheClockBackStretchesNothing() {
        held.serverTime(micros(start));
        send(payload(1, permit("p", Duration.ZERO, Duration.ofHours(2))));
        loop.advance(Duration.ofHours(1));
        loop.jumpTo(start.minus(Duration.ofDays(30)));
        loop.advance(Duration.ofMinutes(59));
        assertThat(inForce()).containsExactly("p");
        loop.advance(Duration.ofMinutes(1));

        assertThat(inForce()).isEmpty();
    }

    @Test
    void turningTheClockForwardBeginsNothingWhereAServerHasBeenMet() {
        held.serverTime(micros(start));
        send(payload(1, permit("p", Duration.ofHours(5), Duration.ofHours(6))));
        loop.jumpTo(start.plus(Duration.ofHours(5)));

        assertThat(inForce()).isEmpty();
    }

    @Test
    void aRestartWithAClockThatWasTurnedBackGainsAtMostAMinute() throws IOException {
        held.serverTime(micros(start));
        send(payload(1, permit("p", Duration.ZERO, Duration.ofHours(2))));
        loop.advance(Duration.ofMinutes(119));
        loop.jumpTo(start.minus(Duration.ofDays(30)));
        restart();
        assertThat(inForce()).containsExactly("p");
        loop.advance(Duration.ofMinutes(2));

        assertThat(inForce()).isEmpty();
    }

    /** The control: a clock that goes right after a night without the machine ends what ended meanwhile. */
    @Test
    void aRestartAfterItsEndFindsItEnded() throws IOException {
        send(payload(1, permit("p", Duration.ZERO, Duration.ofHours(2))));
        loop.jumpTo(start.plus(Duration.ofHours(12)));
        restart();

        assertThat(inForce()).isEmpty();
        // Turned back once more it stays ended: the clock has been seen ahead.
        loop.jumpTo(start);
        assertThat(inForce()).isEmpty();
    }

    @Test
    void isKeptOverARestartWithItsUses() throws Exception {
        send(payload(1, permit("p", Duration.ZERO, Duration.ofHours(2)).setUses(2)));
        held.use("p", "hanako", PASTE);
        restart();
        assertThat(inForce()).containsExactly("p");
        held.use("p", "hanako", PASTE);

        assertThatThrownBy(() -> held.use("p", "hanako", PASTE)).isInstanceOf(ChannelException.class);
        assertThat(events).extracting(event -> event.getPermitUsed().getUse()).containsExactly(1, 2);
        // The formats of the same paste are still asked for.
        assertThat(inForce()).containsExactly("p");
        loop.advance(Duration.ofSeconds(2));
        assertThat(inForce()).isEmpty();
        // The same book again gives no uses back.
        send(payload(2, permit("p", Duration.ZERO, Duration.ofHours(2)).setUses(2)));
        assertThat(inForce()).isEmpty();
    }

    @Test
    void aMediumUsesItOnceUntilItIsUnplugged() throws Exception {
        send(payload(
                1, forStick(permit("p", Duration.ZERO, Duration.ofHours(2))).setUses(1)));
        held.use("p", "hanako", stickAt("1-1"));
        held.use("p", "hanako", stickAt("1-1"));

        assertThat(((Permits.Granted) held.inForce()).onlyAt().get("p")).isEqualTo(Set.of("1-1"));
        assertThatThrownBy(() -> held.use("p", "hanako", stickAt("1-2"))).isInstanceOf(ChannelException.class);
        held.unplugged("1-1");
        assertThat(inForce()).isEmpty();
        assertThatThrownBy(() -> held.use("p", "hanako", stickAt("1-1"))).isInstanceOf(ChannelException.class);
        assertThat(events).hasSize(1);
    }

    @Test
    void refusesForgedForeignAndOldBooksAndKeepsTheOneBefore() throws Exception {
        send(payload(5, permit("p", Duration.ZERO, Duration.ofHours(2))));
        Signed good = new PolicySigner(keys).sign(payload(6).build());
        byte[] changed = good.getPayload().toByteArray();
        changed[changed.length - 1] ^= 1;

        assertThat(send(good.toBuilder()
                                .setPayload(ByteString.copyFrom(changed))
                                .build())
                        .getRefusal())
                .isEqualTo(Refusal.WRONG_SIGNATURE);
        assertThat(send(new PolicySigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair())
                                .sign(payload(6).build()))
                        .getRefusal())
                .isEqualTo(Refusal.UNKNOWN_KEY);
        assertThat(send(payload(6).setAudience("terminal:terminal-8")).getRefusal())
                .isEqualTo(Refusal.WRONG_AUDIENCE);
        assertThat(send(payload(6).setTenant("tenant-2")).getRefusal()).isEqualTo(Refusal.WRONG_TENANT);
        assertThat(send(payload(4)).getRefusal()).isEqualTo(Refusal.ROLLED_BACK);
        assertThat(send(payload(5)).getRefusal()).isEqualTo(Refusal.ROLLED_BACK);

        assertThat(inForce()).containsExactly("p");
        assertThat(held.revision()).isEqualTo(5);
        assertThat(events)
                .hasSize(6)
                .allSatisfy(event ->
                        assertThat(event.getPolicyRefused().getDocument()).isEqualTo(DocumentKind.PERMIT_BOOK));
    }

    @Test
    void anOldFilePutBackIsNoticedAndNotUsed() throws IOException {
        send(payload(1, permit("p", Duration.ZERO, Duration.ofHours(2))));
        byte[] old = Files.readAllBytes(folder.resolve("permits.sealed"));
        send(payload(2));
        Files.write(folder.resolve("permits.sealed"), old);
        restart();

        assertThat(inForce()).isEmpty();
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.getTampered().getDetail()).startsWith("ROLLED_BACK"));
    }

    @Test
    void theFileDoesNotLieOnTheDiskInClear() throws IOException {
        send(payload(1, permit("geheim-1", Duration.ZERO, Duration.ofHours(2))));

        assertThat(new String(
                        Files.readAllBytes(folder.resolve("permits.sealed")),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("geheim-1", "hanako");
    }

    @Test
    void whoTakesTheCountAwayGetsNoUsesForIt() throws Exception {
        send(payload(1, permit("p", Duration.ZERO, Duration.ofHours(2)).setUses(2)));
        secrets.write("uses", new byte[] {1, 2, 3});
        restart();

        assertThat(inForce()).isEmpty();
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.getTampered().getWhat()).isEqualTo("permits' uses"));
    }

    @Test
    void theRegisterIsKeptAndEndsItsEntriesInTime() throws IOException {
        MediaSubject stick =
                MediaSubject.newBuilder().setDeviceHash("ab".repeat(32)).build();
        Signed signed = new PolicySigner(keys)
                .sign(payload(1)
                        .setAudience("segment:MY_NUMBER")
                        .setMediaRegister(MediaRegister.newBuilder()
                                .addMedia(RegisteredMedium.newBuilder()
                                        .setId("m")
                                        .setDevice(DeviceIdentity.newBuilder().setDeviceHash("ab".repeat(32)))
                                        .setExpiresAt(
                                                start.plus(Duration.ofHours(1)).getEpochSecond())))
                        .build());
        assertThat(register.registration(stick)).isEqualTo(Registration.NOT_REGISTERED);
        register.arrived(signed, acks::add);
        loop.run();
        assertThat(acks.getLast().getDocument()).isEqualTo(DocumentKind.MEDIA_REGISTER);
        assertThat(register.registration(stick)).isEqualTo(Registration.REGISTERED);
        restart();
        assertThat(register.registration(stick)).isEqualTo(Registration.REGISTERED);
        int before = changes;
        loop.advance(Duration.ofHours(1));

        assertThat(register.registration(stick)).isEqualTo(Registration.NOT_REGISTERED);
        assertThat(changes).isGreaterThan(before);
    }
}
