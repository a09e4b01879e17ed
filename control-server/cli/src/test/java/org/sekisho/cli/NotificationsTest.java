package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class NotificationsTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE =
            "{\"id\":\"n-1\",\"name\":\"CSIRT\",\"transport\":\"MAIL\",\"address\":\"csirt@city.example\","
                    + "\"topics\":[\"ALARM\"],\"leastSeverity\":\"HIGH\",\"enabled\":true,\"version\":4}";
    private static final String SERVER =
            "{\"host\":\"mail.city.example\",\"port\":587,\"security\":\"STARTTLS\",\"user\":\"sekisho\","
                    + "\"hasPassword\":true,\"sender\":\"sekisho@city.example\",\"anchor\":\"PEM\",\"version\":2}";
    private static final String NONE = "{\"status\":404,\"detail\":\"There is no mail server\"}";

    private JsonNode sent() throws Exception {
        return JSON.readTree(server.asked().getLast().body());
    }

    @Test
    void onlyWhatIsGivenIsChangedAndOnWhatWasSeen() throws Exception {
        server.on("GET /notification-subscriptions?limit=100", ok("{\"items\":[" + ONE + "],\"next\":null}"))
                .on("PATCH /notification-subscriptions/n-1", ok(ONE));

        assertThat(script().japanese()
                        .command(
                                "notifications",
                                "edit",
                                "n-1",
                                "--least",
                                "low",
                                "--branch",
                                "",
                                "--topic",
                                "incident-opened")
                        .out())
                .contains("CSIRT を変えました");
        assertThat(sent())
                .isEqualTo(JSON.readTree(
                        "{\"version\":4,\"leastSeverity\":\"LOW\",\"branch\":\"\",\"topics\":[\"INCIDENT_OPENED\"]}"));

        assertThat(script().command("notifications", "edit", "n-1", "--enabled", "false")
                        .exit())
                .isZero();
        assertThat(sent()).isEqualTo(JSON.readTree("{\"version\":4,\"enabled\":false}"));
        assertThat(script().command("notifications", "edit", "n-2", "--name", "x")
                        .err())
                .contains("There is no subscription n-2");
    }

    @Test
    void theMailServerIsShownWithoutItsPassword() {
        server.on("GET /mail-server", ok(SERVER));

        assertThat(script().command("mail-server").lines())
                .containsExactly("mail.city.example:587 (STARTTLS), sender sekisho@city.example, user sekisho");
    }

    @Test
    void theFirstMailServerNeedsAHostAndTakesThePasswordUnseen() throws Exception {
        server.on("GET /mail-server", StubServer.Answer.problem(404, NONE)).on("PUT /mail-server", ok(SERVER));

        assertThat(script().command("mail-server").out()).contains("No mail server is set");
        Run.Result without = script().command("mail-server", "set", "--sender", "a@city.example");
        assertThat(without.exit()).isEqualTo(2);
        assertThat(without.err()).contains("--host");

        Run.Result set = script().typing("geheim\n")
                .command(
                        "mail-server",
                        "set",
                        "--host",
                        "mail",
                        "--sender",
                        "a@city.example",
                        "--user",
                        "u",
                        "--with-password");
        assertThat(set.exit()).as(set.err()).isZero();
        assertThat(set.out() + set.err()).doesNotContain("geheim");
        assertThat(sent())
                .isEqualTo(JSON.readTree(
                        "{\"host\":\"mail\",\"port\":587,\"security\":\"STARTTLS\",\"sender\":\"a@city.example\",\"version\":0,"
                                + "\"user\":\"u\",\"password\":\"geheim\"}"));
    }

    @Test
    void anotherPortKeepsTheRest() throws Exception {
        server.on("GET /mail-server", ok(SERVER)).on("PUT /mail-server", ok(SERVER));

        assertThat(script().command("mail-server", "set", "--port", "465", "--security", "tls")
                        .exit())
                .isZero();
        assertThat(sent())
                .isEqualTo(JSON.readTree(
                        "{\"host\":\"mail.city.example\",\"port\":465,\"security\":\"TLS\",\"sender\":\"sekisho@city.example\",\"version\":2,"
                                + "\"user\":\"sekisho\",\"anchor\":\"PEM\"}"));
    }

    @Test
    void aTrialEndsWithWhatTheServerSaid() {
        server.on("POST /mail-server/test", ok("{\"taken\":false,\"failure\":\"535 no\"}"));
        Run.Result refused = script().command("mail-server", "test", "a@city.example");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains("535 no");

        server.on("POST /mail-server/test", ok("{\"taken\":true}"));
        assertThat(script().command("mail-server", "test", "a@city.example").exit())
                .isZero();
    }
}
