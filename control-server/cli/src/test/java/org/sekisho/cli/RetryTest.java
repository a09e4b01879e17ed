package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RetryTest extends ServerTest {
    private static final StubServer.Answer AWAY = StubServer.Answer.problem(503, "{\"status\":503}");

    @Test
    void aReadIsTriedAgainWhileTheServerRestarts() {
        server.on("GET /session", AWAY, AWAY, ok("{\"operator\":{\"name\":\"山田\"},\"roles\":[]}"));

        assertThat(script().command("whoami").exit()).isZero();
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void triesAreBounded() {
        server.on("GET /session", AWAY);

        Run.Result result = script().command("whoami");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("the server failed (503)");
        assertThat(server.asked()).hasSize(3);
    }

    @Test
    void noServerIsSaidWithWhatWasTriedAndWhatToDo() throws IOException {
        String url;
        try (StubServer gone = new StubServer(AUTHORITY)) {
            url = gone.url();
        }

        Run.Result result = script().with("SEKISHO_SERVER", url).command("whoami");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("Connecting to " + url + " failed", "tries: 3", "Is the server running");
    }
}
