package org.sekisho.control.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.ServerUnderTest;

/** Telling people by mail, through a real mail server over TLS. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class MailNotificationTest extends NotificationRig {
    private TestMailServer mail;

    @BeforeEach
    void startMail() throws Exception {
        mail = TestMailServer.tls(keys, 0);
    }

    @AfterEach
    void stopMail() {
        mail.close();
    }

    @Test
    void anIncidentIsToldByMailWithoutAnythingPersonal() throws Exception {
        setServer("TLS", mail.port(), anchor());
        String id = subscribe(Map.of("leastSeverity", "LOW", "branch", bureau));
        subscribe(Map.of("address", "other@city.example", "branch", "別の部"));
        subscribe(Map.of("address", "critical@city.example", "leastSeverity", "CRITICAL"));

        long incident = incident();

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        List<MimeMessage> received = mail.taken();
        assertThat(received).hasSize(1);
        assertThat(received.getFirst().getAllRecipients()[0].toString()).isEqualTo("csirt@city.example");
        assertThat(received.getFirst().getSubject()).isEqualTo("[関所] お知らせ 1 件（重大度 中）");
        assertThat(received.getFirst().getContent().toString())
                .contains("/incidents/" + incident, "新しいインシデント")
                .doesNotContain(person)
                .doesNotContain(terminal.id())
                .doesNotContain(bureau);
    }

    @Test
    void whatIsOverdueIsToldOnce() throws Exception {
        setServer("TLS", mail.port(), anchor());
        long incident = incident();
        String id = subscribe(Map.of(
                "leastSeverity", "LOW", "branch", bureau, "topics", List.of("INCIDENT_OVERDUE"), "language", "en"));
        jdbi.useHandle(handle ->
                handle.execute("UPDATE incident SET due_at = now() - interval '1 minute' WHERE id = ?", incident));

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        assertThat(mail.taken().getFirst().getSubject()).isEqualTo("[Sekisho] 1 notices (severity medium)");
        Integer notices = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM notice WHERE topic = 'INCIDENT_OVERDUE' AND subject = :id")
                .bind("id", String.valueOf(incident))
                .mapTo(Integer.class)
                .one());
        assertThat(notices).isEqualTo(1);
    }

    @Test
    void anAlarmIsTold() throws Exception {
        setServer("TLS", mail.port(), anchor());
        String id = subscribe(Map.of("topics", List.of("ALARM"), "leastSeverity", "HIGH", "branch", bureau));
        jdbi.useHandle(handle -> handle.execute("""
                        INSERT INTO alarm (terminal, kind, channel, since, raised_at)
                        VALUES (?, 'CHANNEL', 1, now(), now()), (?, 'SILENT', 0, now(), now())""", terminal.id(), terminal.id()));

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        assertThat(mail.taken().getFirst().getContent().toString())
                .contains("端末の持ち出し経路が守られていません", "/alarms")
                .doesNotContain("応答がありません");
    }

    @Test
    void aMailGoesOutOnceTheServerHasTurnedToTls() throws Exception {
        try (TestMailServer turning = TestMailServer.startTls(keys)) {
            setServer("STARTTLS", turning.port(), anchor());
            String id = subscribe(Map.of("leastSeverity", "LOW", "branch", bureau));
            long incident = incident();

            await().atMost(PATIENCE)
                    .until(() -> subscription(id).get("delivered").asInt() == 1);
            assertThat(turning.taken()).hasSize(1);
            assertThat(turning.taken().getFirst().getContent().toString()).contains("/incidents/" + incident);
            // Negative control: without the authority the same server gets no mail, nor the password.
            setServer("STARTTLS", turning.port(), null);
            assertThat(test().get("failure").asText()).contains("SSL");
            assertThat(turning.taken()).hasSize(1);
        }
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() throws Exception {
        int port = mail.port();
        setServer("TLS", port, anchor());
        mail.close();
        String id = subscribe(Map.of("leastSeverity", "LOW", "branch", bureau));
        incident();
        await().atMost(PATIENCE).until(() -> subscription(id).get("failures").asInt() > 0);
        assertThat(subscription(id).get("failure").asText()).isNotEmpty().doesNotContain(TestMailServer.PASSWORD);

        mail = TestMailServer.tls(keys, port);

        await().atMost(PATIENCE).until(() -> subscription(id).get("delivered").asInt() == 1);
        assertThat(subscription(id).get("failures").asInt()).isZero();
    }

    @Test
    void nothingIsSentInClearOrToAStranger() throws Exception {
        try (TestMailServer plain = TestMailServer.plain()) {
            setServer("STARTTLS", plain.port(), anchor());
            assertThat(test().get("taken").asBoolean()).isFalse();
            assertThat(test().get("failure").asText()).contains("STARTTLS");
            assertThat(plain.taken()).isEmpty();
        }
        setServer("TLS", mail.port(), null);
        assertThat(test().get("taken").asBoolean()).isFalse();
        assertThat(mail.taken()).isEmpty();
        // The same server, known: the guard is what kept the mail back.
        setServer("TLS", mail.port(), anchor());
        assertThat(test()).isEqualTo(test());
        assertThat(test().get("taken").asBoolean()).isTrue();
    }
}
