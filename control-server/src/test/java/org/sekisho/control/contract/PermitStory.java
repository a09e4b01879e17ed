package org.sekisho.control.contract;

import static org.sekisho.control.contract.PublishedClient.NONE;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.testing.Publishing;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.v1.PermitUsed;

/** The register of media, and permits for what a policy stops. */
final class PermitStory {
    private static final String YAML = """
            segment: my-number
            name: permits
            rules:
              - {id: keyboards, channel: media, media: {classes: [keyboard, pointer, hub]}, verdict: allow}
              - {id: sticks, channel: media, verdict: block, permit-may-lift: true}
              - {id: numbers, channel: clipboard, content: [{label: my_number}], verdict: block, permit-may-lift: true}
            """;

    private final PublishedClient client;

    PermitStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::register, this::grant);
    }

    private void register() {
        String serial = "S-" + UUID.randomUUID();
        JsonNode medium = client.call(
                        "registerMedium",
                        NONE,
                        Map.of(
                                "segment",
                                "MY_NUMBER",
                                "name",
                                "媒体 " + serial,
                                "device",
                                Map.of("vendorId", "0781", "productId", "5567", "serial", serial)))
                .json();
        Map<String, JsonNode> id = Map.of("id", medium.get("id"));
        client.call("getMedium", id);
        client.call("updateMedium", id, Map.of("state", "LOST", "reason", "missing", "version", 1));
        client.call(
                "importMedia",
                NONE,
                "segment,name,vendor_id,product_id,serial,owner,note,expires_on\r\n" + "MY_NUMBER,媒体,0781,5567,T-"
                        + UUID.randomUUID() + ",総務部,,2099-03-31\r\n");
        client.call("listMedia");
        client.call("exportMedia", Map.of("segment", "MY_NUMBER"));
    }

    private void grant() {
        Publishing.publish(client.api(), YAML);
        TestTerminal terminal = TestTerminal.enrol(client.api());
        JsonNode permit = client.call(
                        "grantPermit",
                        NONE,
                        Map.of(
                                "terminal",
                                terminal.id(),
                                "user",
                                "hanako",
                                "channel",
                                "CLIPBOARD",
                                "uses",
                                2,
                                "until",
                                Instant.now().plus(Duration.ofHours(1)).toString(),
                                "reason",
                                "回答書の持参"))
                .json();
        use(terminal, permit.get("id").asText());
        Map<String, JsonNode> id = Map.of("id", permit.get("id"));
        client.call("getPermit", id);
        client.call("listPermits", Map.of("terminal", terminal.id()));
        client.call("listPermitEvents", id);
        client.call("revokePermit", id, Map.of("reason", "not needed"));
    }

    private static void use(TestTerminal terminal, String permit) {
        TestJournal journal = TestJournal.of(terminal);
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(List.of(journal.add(event -> event.setPermitUsed(
                    PermitUsed.newBuilder().setPermit(permit).setUse(1).setUses(2)))));
            stream.awaitAck(1);
        }
    }
}
