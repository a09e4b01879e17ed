package org.sekisho.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.desktop.DesktopSessions;

class PersonInFrontTest {
    private static final DesktopSession HANAKO = new DesktopSession(":0", "hanako", List.of());
    private static final DesktopSession JIRO = new DesktopSession(":1", "jiro", List.of());

    /** Sessions that stand still; none can be listed if there is no list. */
    private record Sessions(Optional<List<DesktopSession>> all, Optional<DesktopSession> front)
            implements DesktopSessions {
        @Override
        public List<DesktopSession> current() throws IOException {
            return all.orElseThrow(() -> new IOException("no list"));
        }

        @Override
        public Optional<DesktopSession> inFront(List<DesktopSession> among) {
            return front.filter(among::contains);
        }

        @Override
        public void onChange(Runnable changed) {}

        @Override
        public DesktopProcess start(DesktopSession session, byte[] ticket) throws IOException {
            throw new IOException("no helpers here");
        }

        @Override
        public DesktopProcess adopt(DesktopSession session, ProcessHandle helper) {
            throw new IllegalStateException("no helpers here");
        }

        @Override
        public void close() {}
    }

    private static DesktopSession person(Optional<DesktopSession> front, DesktopSession... all) {
        return new PersonInFront(new Sessions(Optional.of(List.of(all)), front)).get();
    }

    @Test
    void isWhoseDesktopIsTheOnlyOneOrInFront() {
        assertThat(person(Optional.empty(), HANAKO)).isEqualTo(HANAKO);
        assertThat(person(Optional.of(JIRO), HANAKO, JIRO)).isEqualTo(JIRO);
    }

    @Test
    void isNobodyWhereNobodyIsThereAndUnclearWhereItCantBeTold() {
        assertThat(person(Optional.empty())).isEqualTo(DesktopSession.NONE);
        assertThat(person(Optional.empty(), HANAKO, JIRO)).isEqualTo(DesktopSession.UNCLEAR);
        assertThat(new PersonInFront(new Sessions(Optional.empty(), Optional.empty())).get())
                .isEqualTo(DesktopSession.UNCLEAR);
    }
}
