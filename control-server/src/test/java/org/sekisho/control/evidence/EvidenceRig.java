package org.sekisho.control.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.control.pki.Installation;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.control.testing.TestTerminal;
import org.sekisho.evidence.EvidenceReport;
import org.sekisho.evidence.EvidenceVerifier;
import org.sekisho.v1.ChainedEvent;

/** A terminal's story, its incident's pack, and the look at it. */
abstract class EvidenceRig {
    @Inject
    Installation installation;

    @TempDir
    Path folder;

    final Api api = Api.administrator();
    final String bureau = "市民部" + UUID.randomUUID();
    final TestTerminal terminal = TestTerminal.enrolIn(api, bureau);
    final TestJournal journal = TestJournal.of(terminal);

    /** Three pastes, a checkpoint, what was blocked, a checkpoint, two pastes. */
    long covered() {
        send(journal.pastes(3));
        send(List.of(journal.checkpoint()));
        send(List.of(journal.blocked("hanako")));
        send(List.of(journal.checkpoint()));
        send(journal.pastes(2));
        return incident();
    }

    long incident() {
        return api.get("/api/v1/incidents?terminal=" + terminal.id())
                .json()
                .at("/items/0/id")
                .asLong();
    }

    void send(List<ChainedEvent> events) {
        try (TestTerminal.Stream stream = terminal.connect(journal)) {
            stream.events(events);
            stream.awaitAck(journal.head().seq());
        }
        journal.acknowledged(journal.head().seq());
    }

    Map<String, byte[]> pack(long id) throws IOException {
        JsonNode before = api.get("/api/v1/incidents/" + id).json();
        assertThat(before.get("id").asLong()).isEqualTo(id);
        Answer answer = api.withRole("auditor").get("/api/v1/incidents/" + id + "/evidence");
        assertThat(answer.status()).isEqualTo(200);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    EvidenceReport verify(Map<String, byte[]> pack, boolean trusting) throws IOException {
        return new EvidenceVerifier(trusting ? installation.authority().certificate() : null).verify(write(pack));
    }

    Path write(Map<String, byte[]> pack) throws IOException {
        Path file = folder.resolve(UUID.randomUUID() + ".zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : pack.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
