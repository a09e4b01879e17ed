package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sekisho.packaging.vm.CheckedStick.media;
import static org.sekisho.packaging.vm.GuestTerminal.SOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sekisho.packaging.rig.OfficeFiles;
import org.sekisho.packaging.rig.VirtualMachine;

/** What is copied to a stick that is let in, with FAT on it as bought, under the service as it is installed. */
@ExtendWith(GuestTerminal.Shared.class)
class CheckedCopiesIT {
    private static final String CLEAN = "Minutes of the meeting: nothing was decided.";
    private static final String NUMBER = "1234-5678-9018";
    /** {@code -Dsekisho.documents=500} for a long run; that many on a disk of this machine are part of the agent's tests. */
    private static final int DOCUMENTS = Integer.getInteger("sekisho.documents", 50);

    private GuestTerminal terminal;
    private VirtualMachine machine;

    @BeforeEach
    void atWork(GuestTerminal shared) throws Exception {
        terminal = shared;
        machine = terminal.atWork();
    }

    @Test
    void whatIsCopiedIsRecordedAndWhatCarriesNumbersStaysHereForTwoCustodians() throws Exception {
        Custodian sato = new Custodian(terminal, "sato");
        Custodian suzuki = new Custodian(terminal, "suzuki");
        terminal.publish(
                CheckedStick.RULES.replace("severity: high", "severity: high\n    shadow-copy: true"),
                "shadow-copies:\n  custodians:\n    - %s\n    - %s\n".formatted(sato.line(), suzuki.line()));
        try (CheckedStick stick = CheckedStick.plug(terminal, "ALLOWED-COPY")) {
            assertThat(stick.mounted()).startsWith("/run/media/alice/STICK");
            assertThat(machine.output("udevadm info /dev/sda1"))
                    .as("the desktop's automounter leaves it alone")
                    .contains("UDISKS_IGNORE=1");

            assertThat(stick.alice("echo \"" + CLEAN + "\" >~/clean.txt && cp ~/clean.txt . && sync clean.txt")
                            .exit())
                    .isZero();
            assertThat(stick.alice("echo \"No. " + NUMBER + "\" >~/secret.txt && cp ~/secret.txt .")
                            .exit())
                    .as("the copy is refused")
                    .isNotZero();

            List<JsonNode> files = stick.files(2);
            assertThat(files).hasSize(2);
            JsonNode secret = files.get(0);
            JsonNode clean = files.get(1);
            assertThat(media(clean).at("/file/name").asText()).isEqualTo("clean.txt");
            assertThat(media(clean).at("/file/sha256").asText())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256")
                                    .digest((CLEAN + "\n").getBytes(StandardCharsets.UTF_8))));
            assertThat(clean.get("verdict").asText()).isEqualTo("AUDIT");
            assertThat(clean.get("user").asText()).isEqualTo("alice");
            assertThat(secret.get("verdict").asText()).isEqualTo("BLOCK");
            assertThat(secret.get("rule").asText()).isEqualTo("test-numbers");

            assertThat(stick.alice("ls").text()).isEqualTo("clean.txt\n");
            assertThat(stick.raw()).contains(CLEAN).doesNotContain(NUMBER);
            assertThat(media(clean).at("/file/shadowCopy").asText()).isEmpty();
            twoRead(media(secret).at("/file/shadowCopy").asText(), sato, suzuki);
        }
    }

    private void twoRead(String copy, Custodian sato, Custodian suzuki) throws Exception {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(terminal.rest()
                                .get("/api/v1/shadow-copies/" + copy)
                                .get("state")
                                .asText())
                        .isEqualTo("KEPT"));
        String opening = sato.ask(copy);
        assertThat(sato.readAlone(copy, opening)).as("nobody has approved").isPositive();
        suzuki.approve(copy, opening);
        assertThat(suzuki.readAlone(copy, opening))
                .as("who approved is not who reads")
                .isPositive();

        assertThat(sato.read(copy, opening)).isEqualTo("No. " + NUMBER + "\n");
    }

    @Test
    void ofManyDocumentsThoseWithNumbersAreHeldBack() throws Exception {
        terminal.publish(CheckedStick.RULES);
        Map<String, String> hashes = new TreeMap<>();
        Set<String> held = new TreeSet<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            boolean secret = i % 5 == 0;
            String kind = OfficeFiles.KINDS.get((i + i / 5) % OfficeFiles.KINDS.size());
            String words = secret ? "My number " + NUMBER : "Minutes of meeting no. " + i;
            byte[] document = OfficeFiles.of(kind, kind.equals("pdf") ? words : words + "（関所市）");
            String name = "%03d.%s".formatted(i, kind);
            Files.write(terminal.documents().resolve(name), document);
            hashes.put(
                    name,
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(document)));
            if (secret) {
                held.add(name);
            }
        }
        try (CheckedStick stick = CheckedStick.plug(terminal, "ALLOWED-BULK")) {
            // A hundred at a time, as one command may take minutes only.
            for (int hundred = 0; hundred * 100 < DOCUMENTS; hundred++) {
                assertThat(stick.alice("cp /mnt/documents/" + hundred + "* .").exit())
                        .as("some were refused")
                        .isNotZero();
            }

            Map<String, String> recorded = new TreeMap<>();
            Set<String> stopped = new TreeSet<>();
            for (JsonNode file : stick.files(hashes.size())) {
                String name = media(file).at("/file/name").asText();
                recorded.put(name, media(file).at("/file/sha256").asText());
                if (file.get("verdict").asText().equals("BLOCK")) {
                    stopped.add(name);
                    assertThat(file.get("rule").asText()).as(name).isEqualTo("test-numbers");
                }
            }
            assertThat(recorded).isEqualTo(hashes);
            assertThat(stopped).isEqualTo(held);
            Map<String, String> left = new TreeMap<>(hashes);
            left.keySet().removeAll(held);
            assertThat(stick.alice("sha256sum *").text())
                    .isEqualTo(left.entrySet().stream()
                            .map(file -> file.getValue() + "  " + file.getKey() + "\n")
                            .collect(Collectors.joining()));
        }
    }
}
