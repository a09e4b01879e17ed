package org.sekisho.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

class EventChainTest {
    @Test
    void hashesThePreviousHashFollowedByTheExactBody() throws Exception {
        Event event = Chains.event(1, "stop");

        ChainedEvent linked = EventChain.link(ChainHead.GENESIS.hash(), event);

        MessageDigest independent = MessageDigest.getInstance("SHA-256");
        independent.update(new byte[32]);
        independent.update(event.toByteArray());
        assertThat(linked.getHash().toByteArray()).isEqualTo(independent.digest());
        assertThat(linked.getBody()).isEqualTo(event.toByteString());
        assertThat(linked.getPrevHash().toByteArray()).isEqualTo(new byte[32]);
    }

    @Test
    void hashesBodiesThatAreKeptInPieces() throws Exception {
        ByteString rope = ByteString.copyFrom(new byte[300]).concat(ByteString.copyFrom(new byte[400]));

        byte[] hash = new ChainHash().of(ChainHead.GENESIS.hash(), rope);

        assertThat(hash).isEqualTo(MessageDigest.getInstance("SHA-256").digest(new byte[732]));
    }

    @Test
    void takesABodyOfExactlyTheLimitAndNoByteMore() {
        int frame = Chains.event(1, "x".repeat(60_000)).getSerializedSize() - 60_000;
        String longest = "x".repeat(EventChain.MAX_BODY_BYTES - frame);

        assertThat(EventChain.link(ChainHead.GENESIS.hash(), Chains.event(1, longest))
                        .getBody()
                        .size())
                .isEqualTo(EventChain.MAX_BODY_BYTES);
        assertThatThrownBy(() -> EventChain.link(ChainHead.GENESIS.hash(), Chains.event(1, longest + "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65537");
    }

    @Test
    void refusesAnythingButASha256AsPreviousHash() {
        assertThatThrownBy(() -> EventChain.link(ByteString.EMPTY, Chains.event(1, "stop")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EventChain.link(ChainHead.GENESIS.hash(), Event.getDefaultInstance()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChainHead(1, ByteString.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChainHead(-1, ChainHead.GENESIS.hash()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
