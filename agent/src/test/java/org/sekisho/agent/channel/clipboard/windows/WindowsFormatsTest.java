package org.sekisho.agent.channel.clipboard.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.agent.channel.clipboard.windows.WindowsFormats.Choice;
import org.sekisho.agent.channel.clipboard.windows.WindowsFormats.Offered;
import org.sekisho.v1.ClipboardFormat;

class WindowsFormatsTest {
    private static final int REGISTERED = 0xC123;
    /** {@code CF_OWNERDISPLAY}. */
    private static final int OWNER_DISPLAY = 0x80;
    /** {@code CF_PRIVATEFIRST}. */
    private static final int PRIVATE = 0x200;

    private static Choice choose(int... ids) {
        return WindowsFormats.choose(java.util.Arrays.stream(ids)
                .mapToObj(id -> WindowsFormats.offered(id, id == REGISTERED ? "Own Format" : ""))
                .toList());
    }

    private static List<String> names(Choice choice) {
        return choice.taken().stream().map(Offered::name).toList();
    }

    @Test
    void takesOneOfTheTextsThatWindowsMakesFromOneAnother() {
        Choice choice = choose(13, 16, 1, 7);

        assertThat(names(choice)).containsExactly("CF_UNICODETEXT");
        assertThat(choice.whole()).isTrue();
    }

    @Test
    void takesTextAsItIsWhereThereIsNoUnicode() {
        assertThat(names(choose(1, 16))).containsExactly("CF_TEXT", "CF_LOCALE");
    }

    @Test
    void takesOneOfTheBitmaps() {
        Choice choice = choose(17, 8, 2, 9);

        assertThat(names(choice)).containsExactly("CF_DIBV5");
        assertThat(choice.whole()).isTrue();
    }

    @Test
    void saysWhatItCanNotTake() {
        assertThat(choose(14).whole()).isFalse();
        assertThat(choose(14).taken()).isEmpty();
        assertThat(choose(13, 3).whole()).isFalse();
        assertThat(choose(13, OWNER_DISPLAY).whole()).isFalse();
        assertThat(choose(13, PRIVATE).whole()).isFalse();
        assertThat(names(choose(13, PRIVATE, REGISTERED))).containsExactly("CF_UNICODETEXT", "Own Format");
    }

    @Test
    void neverOffersTheWayToTheSourceThatOleWouldTake() {
        Choice choice = WindowsFormats.choose(
                Stream.of("DataObject", "Ole Private Data", "HTML Format", "CanIncludeInClipboardHistory")
                        .map(name -> WindowsFormats.offered(REGISTERED, name))
                        .toList());

        assertThat(names(choice)).containsExactly("HTML Format");
        assertThat(choice.whole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "13, '', TEXT",
        "1, '', TEXT",
        "15, '', FILES",
        "8, '', IMAGE",
        "17, '', IMAGE",
        "49443, HTML Format, HTML",
        "49443, Rich Text Format, RTF",
        "49443, FileGroupDescriptorW, FILES",
        "49443, PNG, IMAGE",
        "49443, Csv, TEXT",
        "49443, Biff12, OTHER_FORMAT",
        "12, '', OTHER_FORMAT",
    })
    void knowsTheKind(int id, String name, ClipboardFormat kind) {
        assertThat(WindowsFormats.offered(id, name).kind()).isEqualTo(kind);
    }
}
