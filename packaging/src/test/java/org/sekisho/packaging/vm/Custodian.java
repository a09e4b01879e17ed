package org.sekisho.packaging.vm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sekisho.packaging.rig.Command;
import org.sekisho.packaging.rig.Distribution;

/** An operator with a key of their own for shadow copies, who works with the operators' command. */
final class Custodian {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final GuestTerminal terminal;
    private final String token;
    private final Path key;
    private final Path passphrase;
    private final String publicKey;
    private final String name;

    /** Appoints one and makes their key. */
    Custodian(GuestTerminal terminal, String name) throws IOException, InterruptedException {
        this.terminal = terminal;
        this.name = name;
        JsonNode operator = terminal.rest()
                .post("/api/v1/operators", Map.of("name", name, "roles", List.of(Map.of("role", "responder"))));
        this.token = terminal.rest()
                .post("/api/v1/operators/" + operator.get("id").asText() + "/tokens", Map.of())
                .get("token")
                .asText();
        this.key = terminal.folder().resolve(name + ".pem");
        this.passphrase = Files.createFile(
                terminal.folder().resolve(name + ".passphrase"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passphrase, "correct horse battery");
        this.publicKey = sekisho("custodian-key", "--to", key.toString(), "--passphrase-file", passphrase.toString())
                .get("key")
                .asText();
    }

    /** As policies name them. */
    String line() {
        return "{operator: %s, key: %s}".formatted(name, publicKey);
    }

    /** Asks to open a copy; the opening's number. */
    String ask(String copy) throws IOException, InterruptedException {
        return sekisho("shadow-copies", "ask", copy, "--reason", "system test")
                .get("id")
                .asText();
    }

    void approve(String copy, String opening) throws IOException, InterruptedException {
        sekisho(withKey("approve", copy, opening, "--yes"));
    }

    /** What a copy holds, once another custodian has approved. */
    String read(String copy, String opening) throws IOException, InterruptedException {
        Path to = terminal.folder().resolve(copy);
        sekisho(withKey("open", copy, opening, "--to", to.toString()));
        return Files.readString(to);
    }

    /** How a try to read it ends without that; above 0. */
    int readAlone(String copy, String opening) throws IOException, InterruptedException {
        Path to = terminal.folder().resolve("alone");
        return run(withKey("open", copy, opening, "--to", to.toString())).exit();
    }

    private String[] withKey(String... arguments) {
        List<String> line = new ArrayList<>(List.of("shadow-copies"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--key", key.toString(), "--passphrase-file", passphrase.toString()));
        return line.toArray(String[]::new);
    }

    private JsonNode sekisho(String... arguments) throws IOException, InterruptedException {
        Command command = run(arguments);
        assertThat(command.exit()).as(command.text() + command.err()).isZero();
        return JSON.readTree(command.text());
    }

    private Command run(String... arguments) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(List.of(Distribution.fromSystemProperty().command("sekisho"), "--output", "json"));
        line.addAll(List.of(arguments));
        return Command.run(
                PATIENCE,
                Map.of(
                        "SEKISHO_SERVER", terminal.server(),
                        "SEKISHO_CA", terminal.serverCa().toString(),
                        "SEKISHO_TOKEN", token),
                new byte[0],
                line.toArray(String[]::new));
    }
}
