package org.sekisho.cli.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.rest.Pause;
import org.sekisho.cli.rest.RestClient;
import org.sekisho.cli.rest.ServerRefusal;

/** Asks to be let in by somebody at the console, and waits for the answer (RFC 8628). */
final class DeviceSignIn {
    /** RFC 8628, 3.5: by how much to slow down when told to. */
    private static final Duration SLOWER = Duration.ofSeconds(5);
    /** Never faster, whatever a server says. */
    private static final Duration FASTEST = Duration.ofSeconds(1);

    private static final int MAX_NAME = 100;

    private final RestClient server;
    private final Texts texts;
    private final Pause pause;

    /** With a client that has no token yet. */
    DeviceSignIn(RestClient server, Texts texts, Pause pause) {
        this.server = server;
        this.texts = texts;
        this.pause = pause;
    }

    /**
     * The token that somebody agreed to.
     *
     * @param show is given the address to open and the code to compare there
     * @throws CommandFailure if nobody agrees in time, or somebody refuses
     */
    String token(BiConsumer<String, String> show) {
        JsonNode begun = server.post(
                "/device/authorization", JsonNodeFactory.instance.objectNode().put("name", machine()));
        show.accept(
                begun.path("verificationUriComplete").asText(),
                begun.path("userCode").asText());
        JsonNode question = JsonNodeFactory.instance
                .objectNode()
                .put("deviceCode", begun.path("deviceCode").asText());
        Duration interval = atLeast(Duration.ofSeconds(begun.path("interval").asLong(SLOWER.toSeconds())));
        Duration left = Duration.ofSeconds(begun.path("expiresIn").asLong());
        while (left.isPositive()) {
            rest(interval);
            left = left.minus(interval);
            try {
                return server.post("/device/token", question).path("token").asText();
            } catch (ServerRefusal refusal) {
                interval = interval.plus(slower(refusal));
            }
        }
        throw failed("login.lapsed");
    }

    /** How much slower to go on; throws if there is no going on. */
    private Duration slower(ServerRefusal refusal) {
        return switch (refusal.problem().path("code").asText()) {
            case "authorization_pending" -> Duration.ZERO;
            case "slow_down" -> SLOWER;
            case "access_denied" -> throw failed("login.denied");
            case "expired_token" -> throw failed("login.lapsed");
            default -> throw refusal;
        };
    }

    private void rest(Duration interval) {
        try {
            pause.last(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("login.lapsed");
        }
    }

    private CommandFailure failed(String key) {
        return new CommandFailure(ExitCodes.REFUSED, texts.text(key));
    }

    private static Duration atLeast(Duration interval) {
        return interval.compareTo(FASTEST) < 0 ? FASTEST : interval;
    }

    /** For the person who decides. */
    private static String machine() {
        try {
            String name = InetAddress.getLocalHost().getHostName().strip();
            return name.isEmpty() ? "sekisho" : name.substring(0, Math.min(name.length(), MAX_NAME));
        } catch (IOException e) {
            // A machine whose own name doesn't resolve still signs in.
            return "sekisho";
        }
    }
}
