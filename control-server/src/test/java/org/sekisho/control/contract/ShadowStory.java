package org.sekisho.control.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.testing.TestCustodian;
import org.sekisho.control.testing.TestShadow;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.control.testing.TestUpload;

/** Shadow copies, and how two custodians open one. */
final class ShadowStory {
    private final PublishedClient client;

    ShadowStory(PublishedClient client) {
        this.client = client;
    }

    Stream<Executable> parts() {
        return Stream.of(this::open);
    }

    private void open() {
        TestCustodian reader = TestCustodian.appoint(client.api(), "responder");
        TestCustodian approver = TestCustodian.appoint(client.api(), "approver");
        TestShadow copy = TestShadow.of(1_000, reader, approver);
        TestTerminal terminal = TestTerminal.enrol(client.api());
        try (TestUpload upload = terminal.upload()) {
            upload.send(copy);
        }
        Map<String, String> id = Map.of("id", copy.id());
        PublishedClient reading = client.as(reader.api());
        PublishedClient approving = client.as(approver.api());

        approving.call("refuseShadowOpening", asked(reading, id), Map.of("reason", "no"));
        Map<String, Object> opening = asked(reading, id);
        JsonNode seal = approving.call("getShadowSeal", opening).json();
        approving.call("approveShadowOpening", opening, Map.of("approved", seal.get("sealed")));
        reading.call("getApprovedShadowKey", opening);
        reading.call("downloadShadowCopy", opening);
        client.call("getShadowCopy", id);
        client.call("listShadowCopies", Map.of("terminal", terminal.id(), "state", "KEPT"));
    }

    private static Map<String, Object> asked(PublishedClient reading, Map<String, String> id) {
        JsonNode asked =
                reading.call("askShadowOpening", id, Map.of("reason", "事案の確認")).json();
        return Map.of("id", id.get("id"), "opening", asked.get("id"));
    }
}
