package org.sekisho.packaging.rig;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files as offices have them, each of one sentence; written by hand, so that no library that reads them also wrote them. */
public final class OfficeFiles {
    /** The kinds there are, as they end. */
    public static final List<String> KINDS = List.of("docx", "xlsx", "pdf", "csv", "zip");

    private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
    private static final String OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/";
    private static final String FORMAT = "application/vnd.openxmlformats-officedocument.";

    private OfficeFiles() {}

    /**
     * A file of a kind; the words may be in Japanese but in a PDF.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    public static byte[] of(String kind, String words) throws IOException {
        return switch (kind) {
            case "docx" -> docx(words);
            case "xlsx" -> xlsx(words);
            case "pdf" -> pdf(words);
            case "csv" -> ("番号,内容\r\n1," + words + "\r\n").getBytes(Charset.forName("windows-31j"));
            case "zip" -> zip(Map.of("a.txt", words, "b.txt", "second"));
            default -> throw new IllegalArgumentException("no kind of file: " + kind);
        };
    }

    private static byte[] docx(String words) throws IOException {
        Map<String, String> parts = opening("word/document.xml", "wordprocessingml.document.main+xml");
        parts.put(
                "word/document.xml",
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r>"
                        + "<w:t>" + words + "</w:t></w:r></w:p></w:body></w:document>");
        return zip(parts);
    }

    private static byte[] xlsx(String words) throws IOException {
        String sheets = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        Map<String, String> parts = opening("xl/workbook.xml", "spreadsheetml.sheet.main+xml");
        parts.merge(
                "[Content_Types].xml",
                "",
                (types, none) -> types.replace(
                        "</Types>",
                        "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"" + FORMAT
                                + "spreadsheetml.worksheet+xml\"/></Types>"));
        parts.put(
                "xl/workbook.xml",
                "<workbook xmlns=\"" + sheets + "\" xmlns:r=\"" + OFFICE + "relationships\"><sheets>"
                        + "<sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        parts.put("xl/_rels/workbook.xml.rels", relation(OFFICE + "relationships/worksheet", "worksheets/sheet1.xml"));
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<worksheet xmlns=\"" + sheets + "\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>"
                        + words + "</t></is></c></row></sheetData></worksheet>");
        return zip(parts);
    }

    /** What every Office file begins with. */
    private static Map<String, String> opening(String main, String type) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                "<Types xmlns=\"" + PACKAGE + "content-types\"><Default Extension=\"rels\" ContentType=\""
                        + "application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/" + main
                        + "\" ContentType=\"" + FORMAT + type + "\"/></Types>");
        parts.put("_rels/.rels", relation(OFFICE + "relationships/officeDocument", main));
        return parts;
    }

    private static String relation(String type, String target) {
        return "<Relationships xmlns=\"" + PACKAGE + "relationships\"><Relationship Id=\"rId1\" Type=\"" + type
                + "\" Target=\"" + target + "\"/></Relationships>";
    }

    private static byte[] pdf(String words) {
        String page = "BT /F1 12 Tf 72 700 Td (" + words + ") Tj ET";
        List<String> objects = List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
                        + " /Resources << /Font << /F1 5 0 R >> >> >>",
                "<< /Length " + page.length() + " >>\nstream\n" + page + "\nendstream",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        StringBuilder file = new StringBuilder("%PDF-1.4\n");
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(file.length());
            file.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int table = file.length();
        file.append("xref\n0 6\n0000000000 65535 f \n");
        offsets.forEach(offset -> file.append("%010d 00000 n \n".formatted(offset)));
        file.append("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n")
                .append(table)
                .append("\n%%EOF\n");
        return file.toString().getBytes(US_ASCII);
    }

    private static byte[] zip(Map<String, String> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
