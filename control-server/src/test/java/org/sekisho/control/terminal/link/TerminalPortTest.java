package org.sekisho.control.terminal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Heartbeat;
import org.sekisho.v1.RenewalRequest;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.TerminalMessage;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class TerminalPortTest {
    private final Api api = Api.administrator();
    private final TestTerminal terminal = TestTerminal.enrol(api);
    private final TestJournal journal = TestJournal.of(terminal);

    @Test
    void refusesAConnectionWithoutACertificate() {
        try (TestTerminal.Stream stream = TestTerminal.Stream.anonymous(terminal.enrolment())) {
            assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void refusesAnotherTerminalsName() {
        TestTerminal other = TestTerminal.enrol(api);
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.hello(TestJournal.of(other).hello());
            assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
        assertThat(incidents(terminal)).contains("WRONG_IDENTITY");
        assertThat(incidents(other)).isEmpty();
    }

    @Test
    void cutsARevokedTerminalOffAtOnce() {
        TestTerminal other = TestTerminal.enrol(api);
        try (TestTerminal.Stream stream = terminal.connect(journal);
                TestTerminal.Stream untouched = other.connect(TestJournal.of(other))) {
            assertThat(api.post("/api/v1/terminals/" + terminal.id() + "/revoke", Map.of("reason", "stolen"))
                            .status())
                    .isEqualTo(200);
            assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(untouched.isOpen()).isTrue();
        }
        try (TestTerminal.Stream again = terminal.open()) {
            assertThat(again.awaitEnd().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        assertThat(incidents(terminal)).contains("REFUSED_IDENTITY");
        assertThat(view().get("state").asText()).isEqualTo("REVOKED");
        assertThat(api.post("/api/v1/terminals/" + terminal.id() + "/revoke", Map.of("reason", "again"))
                        .status())
                .isEqualTo(409);
        assertThat(api.post("/api/v1/terminals/t-unknown/revoke", Map.of("reason", "x"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void endsTheFirstStreamWhenASecondComes() {
        journal.pastes(10);
        try (TestTerminal.Stream first = terminal.connect(journal)) {
            first.events(journal.from(1));
            try (TestTerminal.Stream second = terminal.connect(journal)) {
                assertThat(first.awaitEnd().getCode()).isEqualTo(Status.Code.ABORTED);
                second.events(journal.pastes(1));
                second.awaitAck(11);
            }
        }
        assertThat(incidents(terminal)).isEmpty();
    }

    @Test
    void renewsTheCertificateOverTheStream() throws Exception {
        KeyPair next = TestTerminal.newKeys();
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.send(TerminalMessage.newBuilder()
                    .setRenewalRequest(RenewalRequest.newBuilder()
                            .setCertificateRequest(ByteString.copyFrom(TestTerminal.request(next))))
                    .build());
            assertThat(stream.await(MessageCase.RENEWAL).getRenewal().getCertificateChainCount())
                    .isEqualTo(2);
            stream.send(TerminalMessage.newBuilder()
                    .setRenewalRequest(
                            RenewalRequest.newBuilder().setCertificateRequest(ByteString.copyFromUtf8("nonsense")))
                    .build());
            assertThat(stream.await(MessageCase.RENEWAL).getRenewal().getRefusal())
                    .isNotEmpty();
            // A checkpoint signed by the key that was enrolled still holds.
            journal.pastes(1);
            journal.checkpoint();
            stream.events(journal.from(1));
            stream.awaitAck(2);
        }
        assertThat(incidents(terminal)).isEmpty();
    }

    @Test
    void showsWhatTheTerminalReports() {
        try (TestTerminal.Stream stream = terminal.open()) {
            stream.hello(journal.hello().toBuilder()
                    .setAgentVersion("9.9")
                    .setStatus(org.sekisho.v1.Status.newBuilder()
                            .addChannels(ChannelState.newBuilder()
                                    .setChannel(Channel.CLIPBOARD)
                                    .setMode(ChannelMode.MODE_FAILED)
                                    .setDetail("no display")))
                    .build());
            stream.await(MessageCase.WELCOME);
            stream.send(TerminalMessage.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setBacklog(7).setRunningRevision(2))
                    .build());
            await().untilAsserted(() -> {
                JsonNode view = view();
                assertThat(view.get("connected").asBoolean()).isTrue();
                assertThat(view.get("agentVersion").asText()).isEqualTo("9.9");
                assertThat(view.get("backlog").asLong()).isEqualTo(7);
                assertThat(view.get("runningRevision").asLong()).isEqualTo(2);
                assertThat(view.get("channels").get(0).get("mode").asText()).isEqualTo("FAILED");
                assertThat(view.get("lastContactAt").isNull()).isFalse();
            });
        }
        await().untilAsserted(
                        () -> assertThat(view().get("connected").asBoolean()).isFalse());
    }

    @Test
    void servesWhileManyConnectionsNeverFinishTheirHandshake() throws Exception {
        int port = Integer.parseInt(Api.setting("sekisho.server.grpc-port"));
        List<Socket> halfOpen = new ArrayList<>();
        try {
            for (int number = 0; number < 1_000; number++) {
                halfOpen.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            try (TestTerminal.Stream stream = terminal.connect(journal)) {
                stream.events(journal.pastes(1));
                stream.awaitAck(1);
            }
            // The handshake's deadline ends them.
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(
                                    halfOpen.getFirst().getInputStream().read())
                            .isEqualTo(-1));
        } finally {
            for (Socket socket : halfOpen) {
                socket.close();
            }
        }
    }

    @Test
    void findsTerminalsByWhatIsAskedFor() {
        assertThat(api.get("/api/v1/terminals?q=" + terminal.id()).json().get("items"))
                .hasSize(1);
        assertThat(api.get("/api/v1/terminals?state=REVOKED&q=" + terminal.id())
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(api.get("/api/v1/terminals?state=WHATEVER").status()).isIn(400, 404);
        JsonNode first = api.get("/api/v1/terminals?limit=1").json();
        TestTerminal.enrol(api);
        assertThat(first.get("items")).hasSize(1);
        JsonNode all = api.get("/api/v1/terminals?limit=1").json();
        assertThat(api.get("/api/v1/terminals?limit=1&after=" + all.get("next").asText())
                        .json()
                        .get("items")
                        .get(0)
                        .get("id"))
                .isNotEqualTo(all.get("items").get(0).get("id"));
        assertThat(api.get("/api/v1/terminals?limit=501").status()).isEqualTo(400);
    }

    private JsonNode view() {
        return api.get("/api/v1/terminals/" + terminal.id()).json();
    }

    private List<String> incidents(TestTerminal of) {
        List<String> kinds = new ArrayList<>();
        api.get("/api/v1/incidents?terminal=" + of.id())
                .json()
                .get("items")
                .forEach(item -> kinds.add(item.get("kind").asText()));
        return kinds;
    }
}
