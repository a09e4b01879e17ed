package org.sekisho.control.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.sekisho.control.document.Document.Column;
import org.sekisho.control.rest.ProblemException;

class DocumentTest {
    /** Every character one wide: widths are then counts. */
    private final LineBreaker breaker = new LineBreaker(text -> text.codePointCount(0, text.length()), 5);

    @Test
    void noLineBeginsWithWhatClosesNorEndsWithWhatOpens() {
        assertThat(breaker.lines("あいうえお。かき")).containsExactly("あいうえ", "お。かき");
        assertThat(breaker.lines("あいうえ「おか」き")).containsExactly("あいうえ", "「おか」き");
        assertThat(breaker.lines("あいうえおっと")).containsExactly("あいうえ", "おっと");
    }

    @Test
    void wordsAndNumbersStayWhole() {
        assertThat(breaker.lines("ab cde fg")).containsExactly("ab", "cde", "fg");
        assertThat(breaker.lines("あ1234い")).containsExactly("あ1234", "い");
        assertThat(breaker.lines("abcdefgh")).containsExactly("abcde", "fgh");
        assertThat(breaker.lines("あ\n\nい")).containsExactly("あ", "", "い");
        assertThat(breaker.lines("")).containsExactly("");
    }

    @Test
    void aLongTableGoesOnWithItsHeadingsAndPagesAreNumbered() throws IOException {
        Document document = new Document.Builder("点検報告書「窓口業務」", "ながおか市　2026-11-26", Locale.JAPANESE)
                .heading("概要")
                .paragraph("この文書は、見出し、段落、事項、表が、ページをまたいでも正しく組まれることを確かめるためのものです。"
                        + "行の頭に句読点や閉じ括弧（「」や）が来ないこと、英数字 (alphanumeric words) が途中で切れないこと、"
                        + "フォントにない文字は〓になること：\uD83D\uDE00。")
                .facts(List.of(Map.entry("端末", "zeimu-01"), Map.entry("長い値", "あ".repeat(120))))
                .heading("一覧")
                .table(
                        List.of(new Column("番号", 1, true), new Column("日時", 2, false), new Column("内容", 5, false)),
                        IntStream.rangeClosed(1, 90)
                                .mapToObj(row -> List.of(
                                        String.valueOf(row),
                                        "2026-11-26 09:00:00",
                                        row % 7 == 0
                                                ? "住民基本台帳システムから、許可されていない外部媒体（USB メモリー、/media/usb0/very/long/path）への書き込みを遮断しました。"
                                                : "遮断"))
                                .toList())
                .build();

        byte[] pdf = new PdfRenderer(new DocumentFont(Optional::empty)).render(document);

        Files.write(Path.of("target", "document-test.pdf"), pdf);
        try (PDDocument read = Loader.loadPDF(pdf)) {
            int pages = read.getNumberOfPages();
            assertThat(pages).isBetween(3, 6);
            for (int page = 1; page <= pages; page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                String text = stripper.getText(read);
                assertThat(text).contains("番号", "内容", page + " / " + pages + " ページ", "点検報告書");
            }
            String all = new PDFTextStripper().getText(read);
            assertThat(all).contains("〓。").doesNotContain("\uD83D\uDE00");
            read.getPage(0)
                    .getResources()
                    .getFontNames()
                    .forEach(name -> assertThat(embedded(read, name)).isTrue());
        }
    }

    private static boolean embedded(PDDocument document, org.apache.pdfbox.cos.COSName name) {
        try {
            return document.getPage(0).getResources().getFont(name).isEmbedded();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aMissingFontIsNamedWithItsCure() {
        DocumentFont font = new DocumentFont(() -> Optional.of(Path.of("/nowhere/font.ttf")));
        assertThatThrownBy(font::bytes)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("/nowhere/font.ttf")
                .hasMessageContaining("fonts-ipafont-gothic");
    }
}
