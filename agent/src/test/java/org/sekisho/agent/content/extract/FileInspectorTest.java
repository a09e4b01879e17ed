package org.sekisho.agent.content.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sekisho.agent.content.HmacFingerprinter;

/** Real documents through the real process. */
@EnabledOnOs(OS.LINUX)
final class FileInspectorTest {
    private static final String MY_NUMBER = "個人番号 123456789018";
    private static final Extraction EXTRACTION =
            new Extraction(new Sandbox(ExtractMain.class.getName(), ReadableClassPath.get()));
    private static final FileInspector INSPECTOR = new FileInspector(new HmacFingerprinter(new byte[32]), EXTRACTION);

    @AfterAll
    static void end() {
        EXTRACTION.close();
    }

    @Test
    void findsNumbersInEveryKindOfDocument() throws IOException {
        List<List<Object>> table = List.of(List.of("氏名", "個人番号"), List.of("関所 太郎", 123456789018L));
        assertThat(inspect(Documents.docx("様式", MY_NUMBER))).isEqualTo("my_number×1 WHOLE");
        assertThat(inspect(Documents.xlsx(table))).isEqualTo("my_number×1 WHOLE");
        assertThat(inspect(Documents.xls(table))).isEqualTo("my_number×1 WHOLE");
        assertThat(inspect(Documents.pptx(MY_NUMBER))).isEqualTo("my_number×1 WHOLE");
        assertThat(inspect(Documents.ppt(MY_NUMBER))).isEqualTo("my_number×1 WHOLE");
        assertThat(inspect(Documents.pdf("", "my number 1234 5678 9018"))).isEqualTo("my_number×1 WHOLE");
        assertThat(EXTRACTION.starts()).as("one process for all of them").isLessThanOrEqualTo(2);
    }

    @Test
    void cleanDocumentsAreClean() throws IOException {
        assertThat(inspect(Documents.docx("会議の資料", "2026-11-26 13:00"))).isEqualTo("WHOLE");
        assertThat(inspect(Documents.xlsx(List.of(List.of("予算", 120000L))))).isEqualTo("WHOLE");
        assertThat(inspect(Documents.pdf("", "minutes of the meeting"))).isEqualTo("WHOLE");
        assertThat(inspect(Documents.zip(Map.of("a.txt", bytes("会議")))))
                .as("nothing in it")
                .isEqualTo("WHOLE");
        assertThat(inspect(new byte[0])).isEqualTo("WHOLE");
    }

    @Test
    void archivesAreOpenedTheirsToo() throws IOException {
        byte[] csv = "氏名,個人番号\r\n関所 太郎,123456789018\r\n".getBytes(Charset.forName("windows-31j"));
        byte[] inner = Documents.zip(Map.of("名簿.csv", csv, "様式.docx", Documents.docx("個人番号 983205673214")));
        assertThat(inspect(Documents.zip(Map.of("中.zip", inner)))).isEqualTo("my_number×2 WHOLE");
    }

    @Test
    void whatIsLockedOrDamagedOrUnknownIsUnreadable() throws IOException {
        byte[] docx = Documents.docx(MY_NUMBER);
        assertThat(inspect(Documents.pdf("secret", "minutes"))).endsWith("UNREADABLE");
        assertThat(inspect(Arrays.copyOf(docx, docx.length / 2))).endsWith("UNREADABLE");
        assertThat(inspect(new byte[] {'R', 'a', 'r', '!', 0x1a, 7, 1, 0, 0})).endsWith("UNREADABLE");
        assertThat(inspect(Documents.zip(Map.of("a.pdf", Documents.pdf("secret", "minutes")))))
                .endsWith("UNREADABLE");
    }

    @Test
    void textThatIsAlsoAnArchiveIsUnreadable() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(bytes("会議の資料\n"));
        both.write(Documents.zip(Map.of("a.txt", bytes(MY_NUMBER))));
        assertThat(inspect(both.toByteArray())).isEqualTo("UNREADABLE");
        assertThat(inspect(bytes("会議の資料\n PK"))).as("only two letters").isEqualTo("WHOLE");
    }

    @Test
    void bombsEndTheProcessAndNothingElse() throws IOException {
        assertThat(inspect(bomb(400))).as("400 MB of zeros").matches("(UNREADABLE|TOO_LARGE)");
        assertThat(inspect(laughs())).as("entities of entities").matches(".*UNREADABLE");
        byte[] nested = bytes(MY_NUMBER);
        for (int i = 0; i < 30; i++) {
            nested = Documents.zip(Map.of("a.zip", nested));
        }
        assertThat(inspect(nested)).as("30 archives in each other").isEqualTo("TOO_LARGE");
        assertThat(inspect(Documents.docx(MY_NUMBER))).as("and after them").isEqualTo("my_number×1 WHOLE");
    }

    @Test
    void whatTakesTooLongIsUnreadable() throws IOException {
        try (Extraction hasty = new Extraction(
                new Sandbox(ExtractMain.class.getName(), ReadableClassPath.get()), Duration.ofMillis(1))) {
            FileInspector inspector = new FileInspector(new HmacFingerprinter(new byte[32]), hasty);
            assertThat(inspector
                            .inspect(source(Documents.docx(MY_NUMBER)), at -> {})
                            .reading())
                    .isEqualTo(Reading.UNREADABLE);
        }
    }

    @Test
    void aProcessThatCantStartLeavesDocumentsUnreadable() throws IOException {
        try (Extraction none = new Extraction(new Sandbox("org.sekisho.NoSuchMain", ReadableClassPath.get()))) {
            FileInspector inspector = new FileInspector(new HmacFingerprinter(new byte[32]), none);
            assertThat(inspector
                            .inspect(source(Documents.docx(MY_NUMBER)), at -> {})
                            .reading())
                    .isEqualTo(Reading.UNREADABLE);
            assertThat(inspector.inspect(source(bytes(MY_NUMBER)), at -> {}).labels())
                    .as("text needs no process")
                    .hasSize(1);
        }
    }

    @Test
    void streamsAreReadOnce() throws IOException {
        byte[] docx = Documents.docx(MY_NUMBER);
        StreamSource stream = new StreamSource(new ByteArrayInputStream(docx));
        assertThat(INSPECTOR.inspect(stream, at -> {}).labels()).hasSize(1);
        byte[] text = bytes("x".repeat(700_000) + MY_NUMBER);
        assertThat(INSPECTOR.inspect(new StreamSource(new ByteArrayInputStream(text)), at -> {}))
                .satisfies(result -> assertThat(result.labels()).hasSize(1))
                .satisfies(result -> assertThat(result.reading()).isEqualTo(Reading.WHOLE));
    }

    private static byte[] bomb(int megabytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("zeros.txt"));
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                zip.write(megabyte);
            }
        }
        return out.toByteArray();
    }

    private static byte[] laughs() throws IOException {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE w [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            xml.append("<!ENTITY a%d \"&a%d;&a%d;&a%d;\">".formatted(i, i - 1, i - 1, i - 1));
        }
        xml.append("]><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">")
                .append("<w:body><w:p><w:r><w:t>&a29;</w:t></w:r></w:p></w:body></w:document>");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            java.util.zip.ZipInputStream in =
                    new java.util.zip.ZipInputStream(new ByteArrayInputStream(Documents.docx("x")));
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write(entry.getName().equals("word/document.xml") ? bytes(xml.toString()) : in.readAllBytes());
            }
        }
        return out.toByteArray();
    }

    private static String inspect(byte[] content) throws IOException {
        FileInspector.Result result = INSPECTOR.inspect(source(content), at -> {});
        StringBuilder text = new StringBuilder();
        result.labels().forEach(label -> text.append("%s×%d ".formatted(label.getLabel(), label.getCount())));
        return text.append(result.reading()).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ContentSource source(byte[] content) {
        return new ContentSource() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public int read(long position, byte[] into, int offset, int length) {
                if (position >= content.length) {
                    return -1;
                }
                int most = (int) Math.min(length, content.length - position);
                System.arraycopy(content, (int) position, into, offset, most);
                return most;
            }
        };
    }
}
