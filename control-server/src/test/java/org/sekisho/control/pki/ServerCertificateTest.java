package org.sekisho.control.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static final Duration LIFE = Duration.ofDays(90);
    private static final List<String> HOSTS = List.of("sekisho.example", "127.0.0.1", "::1");

    private final Instant now = Instant.now();

    @TempDir
    Path folder;

    private Installation installation(String name) {
        return Installation.open(folder.resolve(name), "city", Clock.systemUTC());
    }

    private ServerCertificate certificate() {
        return ServerCertificate.in(folder.resolve("pki"));
    }

    private boolean renew(List<String> hosts, Duration life, Instant when) {
        return certificate().renew(installation("pki"), hosts, life, when);
    }

    @BeforeEach
    void make() {
        assertThat(renew(HOSTS, LIFE, now)).isTrue();
    }

    @Test
    void staysForTwoThirdsOfItsLife() {
        assertThat(renew(HOSTS, LIFE, now.plusSeconds(2))).isFalse();
        assertThat(renew(HOSTS, LIFE, now.plus(Duration.ofDays(59)))).isFalse();
        assertThat(renew(HOSTS, LIFE, now.plus(Duration.ofDays(61)))).isTrue();
    }

    @Test
    void isNotDueAtOnceHoweverShortItsLife() {
        Duration life = Duration.ofSeconds(45);
        assertThat(renew(HOSTS, life, now)).isTrue();
        assertThat(renew(HOSTS, life, now.plusSeconds(15))).isFalse();
        assertThat(renew(HOSTS, life, now.plusSeconds(40))).isTrue();
    }

    @Test
    void isMadeAnewForANameThatItLacks() {
        assertThat(renew(List.of("another.example"), LIFE, now)).isTrue();
    }

    @Test
    void isMadeAnewWhenAShorterLifeIsAskedFor() {
        assertThat(renew(HOSTS, Duration.ofDays(30), now)).isTrue();
        assertThat(certificate().read().getNotAfter().toInstant()).isBefore(now.plus(Duration.ofDays(31)));
    }

    @Test
    void isMadeAnewWhenItsKeyIsAnothers() {
        Installation.writeKey(certificate().key(), Installation.newP256().getPrivate());

        assertThat(renew(HOSTS, LIFE, now.plusSeconds(2))).isTrue();
        assertThat(renew(HOSTS, LIFE, now.plusSeconds(2))).isFalse();
    }

    @Test
    void isMadeAnewUnderAnotherAuthority() {
        assertThat(certificate().renew(installation("other"), HOSTS, LIFE, now)).isTrue();
    }
}
