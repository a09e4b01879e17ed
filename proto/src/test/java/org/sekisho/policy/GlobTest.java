package org.sekisho.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    /** The same meaning, said in a language that backtracks. */
    private static boolean byRegex(String glob, String text, boolean path) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean deep = c == '*' && path && i + 1 < glob.length() && glob.charAt(i + 1) == '*';
            i += deep ? 1 : 0;
            regex.append(
                    c == '*'
                            ? (deep || !path ? ".*" : "[^/]*")
                            : c == '?' ? (path ? "[^/]" : ".") : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }

    @Property(tries = 5000)
    void matchesWhatTheSameRegularExpressionMatches(
            @ForAll @StringLength(max = 7) @Chars({'a', 'b', '/', '*', '*', '?'}) String glob,
            @ForAll @StringLength(max = 8) @Chars({'a', 'b', '/'}) String text) {
        assertThat(Glob.ofPath(glob).matches(text)).isEqualTo(byRegex(glob, text, true));
        assertThat(Glob.ofText(glob).matches(text)).isEqualTo(byRegex(glob, text, false));
    }

    @Property(tries = 5000)
    void whatCoversMatchesAllAndWhatExcludesMatchesNone(
            @ForAll @StringLength(max = 5) @Chars({'a', '/', '*', '?'}) String one,
            @ForAll @StringLength(max = 5) @Chars({'a', '/', '*', '?'}) String two,
            @ForAll @StringLength(max = 6) @Chars({'a', '/'}) String text) {
        proveOn(text, Glob.ofPath(one), Glob.ofPath(two));
        proveOn(text, Glob.ofText(one), Glob.ofText(two));
    }

    private static void proveOn(String text, Glob first, Glob second) {
        if (second.matches(text) && first.covers(second)) {
            assertThat(first.matches(text)).isTrue();
        }
        if (second.matches(text) && first.excludes(second)) {
            assertThat(first.matches(text)).isFalse();
        }
    }

    @Property(tries = 200)
    void coversItself(@ForAll @StringLength(max = 80) @CharRange(from = '*', to = 'c') String pattern) {
        assertThat(Glob.ofPath(pattern).covers(Glob.ofPath(pattern))).isTrue();
        assertThat(Glob.ofText("*").covers(Glob.ofText(pattern))).isTrue();
    }

    @Test
    void aPatternThatBacktrackersDieOfIsAnswered() {
        String pattern = "*a".repeat(500) + "b";
        assertThat(Glob.ofText(pattern).matches("a".repeat(4_000))).isFalse();
        assertThat(Glob.ofPath("**a".repeat(300) + "b").matches("a".repeat(4_000)))
                .isFalse();
    }

    @Test
    void oneMeansOneCharacterAlsoBeyondTheBasicPlane() {
        assertThat(Glob.ofText("?").matches("𠮷")).isTrue();
        assertThat(Glob.ofText("吉?").matches("吉𠮷")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "0.0.0.0/0, 192.0.2.1, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 192.0.2.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "fe80::/10, fe80::1%eth0, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "2001:db8::1/128, 2001:db8::1, true",
        "2001:db8::1/128, 2001:db8::2, false",
    })
    void blocksContainTheirAddresses(String block, String address, boolean contains) {
        assertThat(Objects.requireNonNull(IpBlock.parse(block))
                        .contains(Objects.requireNonNull(IpAddress.parse(address))))
                .isEqualTo(contains);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33",
        "10.0.0",
        "10.0.0.256",
        "010.0.0.1",
        "::1::2",
        "1:2:3:4:5:6:7:8:9",
        "fe80::/129",
        "12345::",
        "http://a.example",
        "a b",
        "a..b",
        "10.0.0.0/",
        "''"
    })
    void whatIsNoDestinationIsRefused(String text) {
        assertThat(Destination.parse(text)).isNull();
    }
}
