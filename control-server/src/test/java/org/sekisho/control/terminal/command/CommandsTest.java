package org.sekisho.control.terminal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Command;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.CommandKind;
import org.sekisho.v1.CommandState;
import org.sekisho.v1.ServerMessage.MessageCase;
import org.sekisho.v1.Status;
import org.sekisho.v1.TerminalMessage;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class CommandsTest {
    private final Api api = Api.administrator();
    private final TestTerminal terminal = TestTerminal.enrol(api);
    private final TestJournal journal = TestJournal.of(terminal);
    private final String path = "/api/v1/terminals/" + terminal.id() + "/commands";

    @Test
    void reachesAConnectedTerminalAtOnceAndIsDoneWhenThatSaysSo() {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            assertThat(give("ISOLATE").status()).isEqualTo(201);
            Command command = stream.await(MessageCase.COMMAND).getCommand();
            assertThat(command.getKind()).isEqualTo(CommandKind.ISOLATE);
            assertThat(command.getNumber()).isEqualTo(1);
            assertThat(newest().get("state").asText()).isEqualTo("WAITING");

            answer(stream, command, CommandState.COMMAND_DELIVERED, "");
            await().untilAsserted(
                            () -> assertThat(newest().get("state").asText()).isEqualTo("DELIVERED"));
            answer(stream, command, CommandState.COMMAND_DONE, "closed");
            await().untilAsserted(() -> {
                assertThat(newest().get("state").asText()).isEqualTo("DONE");
                assertThat(newest().get("detail").asText()).isEqualTo("closed");
                assertThat(newest().get("doneAt").isNull()).isFalse();
            });
            // What was answered to the end stays so.
            answer(stream, command, CommandState.COMMAND_FAILED, "changed its mind");
            stream.send(TerminalMessage.newBuilder()
                    .setStatus(Status.newBuilder().setIsolated(true))
                    .build());
            await().untilAsserted(() -> assertThat(api.get("/api/v1/terminals/" + terminal.id())
                            .json()
                            .get("isolated")
                            .asBoolean())
                    .isTrue());
            assertThat(newest().get("state").asText()).isEqualTo("DONE");
            assertThat(api.get("/api/v1/terminals?standing=ISOLATED&q=" + terminal.id())
                            .json()
                            .get("items"))
                    .hasSize(1);
        }
    }

    @Test
    void waitsForATerminalThatIsAwayAndIsSentAgainUntilItIsAnswered() {
        give("ISOLATE");
        give("COLLECT_STATUS");
        for (int connection = 0; connection < 2; connection++) {
            try (TestTerminal.Stream stream = terminal.connect(journal)) {
                assertThat(stream.await(MessageCase.COMMAND).getCommand().getNumber())
                        .isEqualTo(1);
                assertThat(stream.await(MessageCase.COMMAND).getCommand().getNumber())
                        .isEqualTo(2);
            }
        }
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            Command first = stream.await(MessageCase.COMMAND).getCommand();
            answer(stream, first, CommandState.COMMAND_UNSUPPORTED, "not here");
            await().untilAsserted(() -> assertThat(
                            api.get(path).json().at("/items/1/state").asText())
                    .isEqualTo("UNSUPPORTED"));
        }
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            assertThat(stream.await(MessageCase.COMMAND).getCommand().getNumber())
                    .isEqualTo(2);
        }
    }

    @Test
    void needsAReasonAndKnowsItsLimits() {
        assertThat(api.post(path, Map.of("kind", "ISOLATE")).status()).isEqualTo(400);
        assertThat(api.post(path, Map.of("kind", "ISOLATE", "reason", " ")).status())
                .isEqualTo(400);
        assertThat(api.post(path, Map.of("kind", "FORMAT_DISK", "reason", "x")).status())
                .isEqualTo(400);
        assertThat(give("SHOW_MESSAGE").status()).isEqualTo(400);
        assertThat(api.post(path, Map.of("kind", "ISOLATE", "reason", "x", "text", "y"))
                        .status())
                .isEqualTo(400);
        for (int number = 0; number < Commands.MOST_OPEN; number++) {
            assertThat(give("COLLECT_STATUS").status()).isEqualTo(201);
        }
        assertThat(give("COLLECT_STATUS").status()).isEqualTo(409);
        JsonNode page = api.get(path + "?limit=2").json();
        assertThat(page.get("items")).hasSize(2);
        assertThat(api.get(path + "?limit=2&after=" + page.get("next").asText())
                        .json()
                        .at("/items/0/number")
                        .asInt())
                .isEqualTo(page.at("/items/1/number").asInt() - 1);
    }

    @Test
    void aTerminalOutOfUseTakesNone() {
        api.post("/api/v1/terminals/" + terminal.id() + "/revoke", Map.of("reason", "lost"));
        assertThat(give("ISOLATE").status()).isEqualTo(409);
        assertThat(api.post("/api/v1/terminals/t-none/commands", Map.of("kind", "ISOLATE", "reason", "x"))
                        .status())
                .isEqualTo(404);
    }

    private Api.Answer give(String kind) {
        return api.post(path, Map.of("kind", kind, "reason", "suspicious copies"));
    }

    private JsonNode newest() {
        return api.get(path).json().at("/items/0");
    }

    private static void answer(TestTerminal.Stream stream, Command command, CommandState state, String detail) {
        stream.send(TerminalMessage.newBuilder()
                .setCommandAck(CommandAck.newBuilder()
                        .setNumber(command.getNumber())
                        .setState(state)
                        .setDetail(detail))
                .build());
    }
}
