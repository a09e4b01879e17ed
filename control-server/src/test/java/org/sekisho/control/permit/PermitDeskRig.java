package org.sekisho.control.permit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Channel;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.MediaClass;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Verdict;

/** A terminal, its policy, and what an operator asks for about its sticks. */
abstract class PermitDeskRig {
    private static final String YAML = """
            segment: my-number
            name: permits
            rules:
              - {id: keyboards, channel: media, media: {classes: [keyboard, pointer, hub]}, verdict: allow}
              - {id: sticks, channel: media, verdict: block, permit-may-lift: true}
              - {id: numbers, channel: clipboard, content: [{label: my_number}], verdict: block, permit-may-lift: true}
              - {id: never, channel: print, verdict: block}
            """;

    final Api api = Api.administrator();
    final TestTerminal terminal = TestTerminal.enrol(api);
    final TestJournal journal = TestJournal.of(terminal);
    final String serial = "S-" + UUID.randomUUID();

    @BeforeEach
    void publish() {
        Publishing.publish(api, YAML);
    }

    /** The terminal records that a stick was stopped. */
    void plug(MediaClass type) {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.add(event -> event.setAttempt(AttemptEvent.newBuilder()
                    .setAttempt(Attempt.newBuilder()
                            .setChannel(Channel.MEDIA)
                            .setMedia(MediaSubject.newBuilder()
                                    .setMediaClass(type)
                                    .setVendorId("0781")
                                    .setProductId("5567")
                                    .setSerial(serial)))
                    .setCircumstances(Circumstances.newBuilder().setUser("hanako"))
                    .setDecision(Decision.newBuilder().setVerdict(Verdict.BLOCK).setRule("sticks"))))));
            stream.awaitAck(journal.head().seq());
        }
    }

    JsonNode permit(JsonNode granted) {
        return api.get("/api/v1/permits/" + granted.get("id").asText()).json();
    }

    Map<String, Object> clipboard(Map<String, Object> changes) {
        return with(changes, with(Map.of("terminal", terminal.id(), "user", "hanako", "channel", "CLIPBOARD"), base()));
    }

    static Map<String, Object> base() {
        return Map.of("until", Instant.now().plus(Duration.ofHours(1)).toString(), "reason", "回答書の持参");
    }

    Map<String, Object> medium(Map<String, Object> changes) {
        return with(
                changes,
                Map.of(
                        "segment",
                        "MY_NUMBER",
                        "name",
                        "媒体 " + serial,
                        "device",
                        Map.of("vendorId", "0781", "productId", "5567", "serial", serial)));
    }

    static Map<String, Object> with(Map<String, Object> changes, Map<String, Object> base) {
        Map<String, Object> all = new HashMap<>(base);
        all.putAll(changes);
        return all;
    }

    static JsonNode created(Api.Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(201);
        return answer.json();
    }
}
