package org.sekisho.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static EventReader of(String text) {
        return new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsTypeDataAndId() throws IOException {
        EventReader reader = of("event: event\r\nid: 7\r\ndata: {\"a\":\r\ndata:1}\r\n\r\n");

        assertThat(reader.next()).isEqualTo(new ServerSentEvent("event", "{\"a\":\n1}", "7"));
        assertThat(reader.next()).isNull();
    }

    @Test
    void aCommentInTheMiddleLosesNothing() throws IOException {
        EventReader reader = of("event: x\n: beat\ndata: 1\n\n");

        assertThat(reader.next()).isEqualTo(EventReader.HEARTBEAT);
        assertThat(reader.next()).isEqualTo(new ServerSentEvent("x", "1", null));
    }

    @Test
    void theIdStaysUntilTheNextOne() throws IOException {
        EventReader reader = of("id: 7\ndata: 1\n\ndata: 2\n\n");

        reader.next();
        assertThat(reader.next()).isEqualTo(new ServerSentEvent("message", "2", "7"));
    }

    @Test
    void anEventCutShortIsDropped() throws IOException {
        assertThat(of("data: half").next()).isNull();
    }

    @Test
    void aLineWithoutEndIsBounded() {
        assertThatThrownBy(() -> of("data: " + "x".repeat(2 * 1024 * 1024)).next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
    }
}
