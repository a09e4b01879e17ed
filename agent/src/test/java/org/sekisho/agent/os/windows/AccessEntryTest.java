package org.sekisho.agent.os.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessEntryTest {

    @Test
    void readsEachEntry() {
        assertThat(AccessEntry.of("O:BAD:PAI(D;;0xd0b7b;;;IU)(A;OICI;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1000)"))
                .containsExactly(
                        new AccessEntry("D", "0xd0b7b", "IU"),
                        new AccessEntry("A", "FA", "SY"),
                        new AccessEntry("A", "FR", "S-1-5-21-1-2-3-1000"));
        assertThat(AccessEntry.of("D:(A;;GA;;;SY)S:(ML;;NW;;;LW)")).containsExactly(new AccessEntry("A", "GA", "SY"));
    }

    @Test
    void whatIsNotAPlainDenialAllows() {
        assertThat(new AccessEntry("A", "FA", "WD").allows()).isTrue();
        assertThat(new AccessEntry("OA", "FA", "WD").allows()).isTrue();
        assertThat(new AccessEntry("D", "FA", "WD").allows()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "O:BA",
                "D:",
                "D:P",
                "D:NO_ACCESS_CONTROL",
                "D:(A;;FA;;;SY)(XA;;FX;;;WD;(Member_of {SID(BA)}))",
                "D:(A;;FA;;;SY",
                "D:(A;;FA;;;SY)garbage",
            })
    void concludesNothingFromWhatItCanNotRead(String sddl) {
        assertThatThrownBy(() -> AccessEntry.of(sddl)).isInstanceOf(IllegalArgumentException.class);
    }
}
