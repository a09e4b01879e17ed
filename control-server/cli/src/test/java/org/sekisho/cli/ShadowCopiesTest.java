package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sekisho.shadow.ShadowFormat;
import org.sekisho.shadow.ShadowSealer;
import org.sekisho.v1.Custodian;
import org.sekisho.v1.SealedKey;

/** Two custodians with real keys, and a server that hands their seals about. */
class ShadowCopiesTest extends ServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String OPENING = "GET /shadow-copies/" + ID + "/openings/7";
    private static final String PASSPHRASE = TestCustodian.PASSPHRASE;

    private final byte[] content = new byte[100_000];
    private Path sato;
    private Path suzuki;
    private Path to;
    private byte[] copy;

    @BeforeEach
    void seal() throws Exception {
        new Random(7).nextBytes(content);
        sato = home.resolve("sato.pem");
        suzuki = home.resolve("suzuki.pem");
        to = home.resolve("out.csv");
        copy = sealed(sha256(content), TestCustodian.of("佐藤", sato), TestCustodian.of("suzuki", suzuki));
        about(sha256(content), ID);
        server.on(OPENING + "/seal", ok(seal("佐藤", "suzuki")))
                .on("POST /shadow-copies/" + ID + "/openings/7/approve", ok("{\"id\":\"7\",\"state\":\"APPROVED\"}"))
                .on(OPENING + "/content", StubServer.Answer.bytes(copy));
    }

    private void about(String sha256, String recorded) {
        server.on("GET /shadow-copies/" + ID, ok("""
                {"id":"%s","terminal":"t-1","seq":9,"state":"KEPT","keptAt":"2026-11-22T11:00:00Z","bytes":100000,"sha256":"%s",
                 "custodians":["佐藤","suzuki"],"openings":[{"id":"7","reader":"佐藤","reason":"調査","state":"ASKED",
                 "askedAt":"2026-11-22T11:30:00Z","lapsesAt":"2026-11-23T11:30:00Z"}]}""".formatted(ID, sha256)))
                .on("GET /events/t-1/9", ok("""
                {"terminal":"t-1","seq":9,"user":"hanako","occurredAt":"2026-11-22T10:59:00Z","detail":{"attempt":{"attempt":
                 {"media":{"file":{"name":"名簿.csv","sha256":"%s","shadowCopy":"%s"}}}}}}""".formatted(sha256, recorded)));
    }

    @Test
    void oneApprovesAndTheOtherReads() throws Exception {
        approve();

        Run.Result opened = open(sato);

        assertThat(opened.exit()).as(opened.err()).isZero();
        assertThat(opened.out()).contains("書類/名簿.csv: 100000 bytes");
        assertThat(to).hasBinaryContent(content);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                .isEqualTo("rw-------");
    }

    @Test
    void theApproverIsToldWhoWillReadWhat() {
        Run.Result thoughtAgain = script().answering(PASSPHRASE)
                .typing("no\n")
                .command("shadow-copies", "approve", ID, "7", "--key", suzuki.toString());

        assertThat(thoughtAgain.exit()).isEqualTo(1);
        assertThat(thoughtAgain.err())
                .contains("Reader: 佐藤. Reason: 調査", "名簿.csv, 100000 bytes", "hanako", "Nothing was done");
        assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
        Run.Result approved = script().japanese()
                .answering(PASSPHRASE)
                .typing("はい\n")
                .command("shadow-copies", "approve", ID, "7", "--key", suzuki.toString());
        assertThat(approved.out()).contains("承認しました。佐藤");
        assertThat(script().typing(PASSPHRASE)
                        .command("shadow-copies", "approve", ID, "7", "--key", suzuki.toString())
                        .err())
                .contains("Give --yes");
    }

    @Test
    void aSealForAnotherReaderIsNotTakenOff() throws IOException {
        server.on(OPENING + "/seal", ok(seal("suzuki", "佐藤")));

        Run.Result approved = script().typing(PASSPHRASE)
                .command("shadow-copies", "approve", ID, "7", "--key", sato.toString(), "--yes");

        assertThat(approved.exit()).isEqualTo(1);
        assertThat(approved.err()).contains("another reader, suzuki");
        assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
    }

    @Test
    void aWrongKeyApprovesNothing() {
        Run.Result approved = script().typing(PASSPHRASE)
                .command("shadow-copies", "approve", ID, "7", "--key", sato.toString(), "--yes");

        assertThat(approved.exit()).isEqualTo(1);
        assertThat(approved.err()).contains("The seal does not come off");
        assertThat(server.lines()).noneMatch(line -> line.startsWith("POST"));
    }

    @Test
    void aWrongKeyOrPassphraseLeavesNoFile() throws Exception {
        approve();

        refused(open(suzuki), 1, "The copy does not open");
        Run.Result wrong = script().typing("wrong passphrase")
                .command("shadow-copies", "open", ID, "7", "--key", sato.toString(), "--to", to.toString());
        refused(wrong, 2, "does not open with this passphrase");
    }

    @Test
    void aCopyThatWasChangedLeavesNoFile() throws Exception {
        approve();
        copy[copy.length - 1] ^= 1;
        server.on(OPENING + "/content", StubServer.Answer.bytes(copy));

        refused(open(sato), 1, "The copy does not open");
    }

    @Test
    void aCopyOfAnotherFileThanTheTerminalRecordedIsNotOpened() throws Exception {
        approve();
        about("ab".repeat(32), ID);
        refused(open(sato), 1, "not of the file that the terminal recorded");

        about(sha256(content), "f".repeat(32));
        refused(open(sato), 1, "not of the file that the terminal recorded");
    }

    @Test
    void whereTheEventIsNotKnownItIsSaid() throws Exception {
        approve();
        server.on("GET /events/t-1/9", StubServer.Answer.problem(403, "{\"status\":403}"));

        assertThat(open(sato).err()).contains("could not be compared");
        assertThat(to).hasBinaryContent(content);
    }

    @Test
    void aFileThatIsThereStays() throws Exception {
        Files.writeString(to, "mine");

        Run.Result opened = open(sato);

        assertThat(opened.exit()).isEqualTo(2);
        assertThat(opened.err()).contains("exists already");
        assertThat(to).hasContent("mine");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void theyAreListedShownAskedForAndRefused() throws Exception {
        String one = JSON.writeValueAsString(JSON.readTree("""
                {"id":"%s","terminal":"t-1","state":"FAILED","failure":"no room","orderedAt":"2026-11-22T11:00:00Z",
                 "custodians":["佐藤","suzuki"],"openings":[]}""".formatted(ID)));
        server.on("GET /shadow-copies?state=FAILED&limit=100", ok("{\"items\":[" + one + "],\"next\":null}"))
                .on("POST /shadow-copies/" + ID + "/openings", StubServer.Answer.json(201, "{\"id\":\"7\"}"))
                .on("POST /shadow-copies/" + ID + "/openings/7/refuse", ok("{\"id\":\"7\"}"));

        assertThat(script().japanese()
                        .command("shadow-copies", "list", "--state", "failed")
                        .out())
                .contains(ID, "作成できず", "佐藤, suzuki", "2026-11-22 20:00:00");
        assertThat(script().command("shadow-copies", "show", ID).out())
                .contains("kept. Event t-1/9", sha256(content), "佐藤", "asked", "調査");
        assertThat(script().command("shadow-copies", "ask", ID, "--reason", "調査")
                        .out())
                .contains("sekisho shadow-copies approve " + ID + " 7");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"reason\":\"調査\"}");
        assertThat(script().command("shadow-copies", "refuse", ID, "7", "--reason", "x")
                        .out())
                .contains("Refused: opening 7");
        assertThat(script().command("shadow-copies", "refuse", ID, "8").exit()).isEqualTo(2);
    }

    /** What the approver sends is what the reader gets. */
    private void approve() throws IOException {
        Run.Result approved = script().typing(PASSPHRASE)
                .command("shadow-copies", "approve", ID, "7", "--key", suzuki.toString(), "--yes");
        assertThat(approved.exit()).as(approved.err()).isZero();
        JsonNode sent = JSON.readTree(server.asked().getLast().body());
        server.on(
                OPENING + "/approved",
                ok("{\"approver\":\"suzuki\",\"approved\":\""
                        + sent.path("approved").asText() + "\"}"));
    }

    private Run.Result open(Path key) {
        return script().typing(PASSPHRASE)
                .command("shadow-copies", "open", ID, "7", "--key", key.toString(), "--to", to.toString());
    }

    private void refused(Run.Result opened, int exit, String said) throws IOException {
        assertThat(opened.exit()).isEqualTo(exit);
        assertThat(opened.err()).contains(said);
        try (var files = Files.list(home)) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("ca.pem", "sato.pem", "suzuki.pem");
        }
    }

    private byte[] sealed(String sha256, Custodian... custodians) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ShadowSealer(List.of(custodians))
                .seal(
                        new ShadowSealer.About(ID, sha256, content.length),
                        "書類/名簿.csv",
                        new ByteArrayInputStream(content),
                        out);
        return out.toByteArray();
    }

    private String seal(String reader, String approver) throws IOException {
        SealedKey seal = ShadowFormat.header(new ByteArrayInputStream(copy)).getKeysList().stream()
                .filter(key -> key.getReader().equals(reader))
                .findFirst()
                .orElseThrow();
        return "{\"reader\":\"%s\",\"approver\":\"%s\",\"sealed\":\"%s\"}"
                .formatted(
                        reader,
                        approver,
                        Base64.getEncoder().encodeToString(seal.getSealed().toByteArray()));
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
