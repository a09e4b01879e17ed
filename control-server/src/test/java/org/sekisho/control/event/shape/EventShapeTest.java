package org.sekisho.control.event.shape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.control.testing.TestJournal;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PrintSubject;
import org.sekisho.v1.Process;
import org.sekisho.v1.Severity;
import org.sekisho.v1.Tampered;
import org.sekisho.v1.Verdict;

class EventShapeTest {
    @ParameterizedTest
    @CsvSource({
        "住民基本台帳 検索, 台帳",
        "住民基本台帳 検索, 台",
        "住民基本台帳 検索, 検索 住民",
        "ｼﾞｭｳﾐﾝ ﾀﾞｲﾁｮｳ, ジュウミン",
        "Ｅｘｃｅｌ, excel",
        "C:\\Program Files\\Juki\\JUKI.EXE, program juki.exe",
        "林さんの書類, 林",
        "𠮷野家, 𠮷"
    })
    void aTextHasTheTermsOfWhateverItContains(String text, String typed) {
        Set<Integer> terms = SearchText.terms(SearchText.normal(text)).boxed().collect(Collectors.toSet());

        for (String word : SearchText.words(typed)) {
            assertThat(SearchText.normal(text)).contains(word);
            assertThat(terms)
                    .containsAll(Arrays.stream(SearchText.termsOf(word)).boxed().toList());
            assertThat(SearchText.termsOf(word)).isNotEmpty();
        }
    }

    @Test
    void anotherTextHasNot() {
        Set<Integer> terms = SearchText.terms(SearchText.normal("住民税")).boxed().collect(Collectors.toSet());

        assertThat(Arrays.stream(SearchText.termsOf("台帳")).boxed()).noneMatch(terms::contains);
        assertThat(terms).doesNotContain((int) '林');
    }

    @Test
    void facetsAreNoTextsTerms() {
        Set<Integer> facets = new HashSet<>();
        for (Facet facet : Facet.values()) {
            assertThat(facets.add(facet.term(1))).isTrue();
            assertThat(facet.term(1) >>> Character.SIZE).isBetween(1, 31);
        }
        assertThat(SearchText.terms(SearchText.normal("\u0001\u0001 \u0002")).boxed())
                .isEmpty();
    }

    @Test
    void textsAreBounded() {
        assertThat(SearchText.normal("長".repeat(100_000))).hasSize(SearchText.MAX_LENGTH);
        assertThat(SearchText.normal("a".repeat(SearchText.MAX_LENGTH - 1) + "𠮷"))
                .hasSize(SearchText.MAX_LENGTH - 1);
        assertThat(SearchText.words("a ".repeat(100_000))).hasSize(1);
    }

    @Test
    void sameShapesHaveTheSameNameWhoeverItWas() {
        EventShape one = of("taro", Verdict.ALLOW);

        assertThat(of("hanako", Verdict.ALLOW).hash()).isEqualTo(one.hash());
        assertThat(of("taro", Verdict.BLOCK).hash()).isNotEqualTo(one.hash());
        assertThat(one.text()).contains("住民票", "/usr/bin/juki", "/usr/bin/mail", "my_number", "no-numbers");
        assertThat(one.program()).contains("/usr/bin/juki").doesNotContain("住民票");
        assertThat(one.device()).isEmpty();
    }

    @Test
    void devicesAndPrintersAreDevices() {
        EventShape media = of(Attempt.newBuilder()
                .setMedia(MediaSubject.newBuilder()
                        .setVendorId("0781")
                        .setProductId("5567")
                        .setSerial("AA0004")
                        .setName("Cruzer Blade"))
                .build());
        EventShape print = of(Attempt.newBuilder()
                .setPrint(PrintSubject.newBuilder()
                        .setPrinter("税務課カラー")
                        .setTitle("課税台帳.xlsx")
                        .setProgram(Process.newBuilder().setPath("/usr/bin/soffice")))
                .build());

        assertThat(media.device()).contains("0781:5567", "aa0004", "cruzer blade");
        assertThat(print.device()).contains("税務課カラー").doesNotContain("soffice", "課税");
        assertThat(print.program()).contains("soffice");
        assertThat(print.text()).contains("課税台帳", "soffice", "税務課カラー");
    }

    @Test
    void whatIsNoAttemptHasItsTextToo() {
        EventShape shape = EventShape.of(Event.newBuilder()
                .setTampered(Tampered.newBuilder().setWhat("policy file").setDetail("/var/lib/x"))
                .build());

        assertThat(shape.text()).contains("policy file", "/var/lib/x");
        assertThat(EventShape.of(Event.getDefaultInstance()).text()).isBlank();
    }

    private static EventShape of(String user, Verdict verdict) {
        return EventShape.of(Event.newBuilder()
                .setAttempt(TestJournal.paste(user, verdict, Severity.LOW))
                .build());
    }

    private static EventShape of(Attempt attempt) {
        return EventShape.of(Event.newBuilder()
                .setAttempt(AttemptEvent.newBuilder().setAttempt(attempt))
                .build());
    }
}
