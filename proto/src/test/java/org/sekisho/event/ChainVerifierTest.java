package org.sekisho.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;

class ChainVerifierTest {
    private final List<ChainedEvent> chain = Chains.chain(5);

    private ChainVerifier verifierAt(int seq) {
        ChainVerifier verifier = new ChainVerifier(Chains.TERMINAL, ChainHead.GENESIS);
        chain.subList(0, seq).forEach(verifier::accept);
        return verifier;
    }

    @Test
    void followsAnHonestChainToItsHead() {
        ChainVerifier verifier = verifierAt(0);

        for (int i = 0; i < chain.size(); i++) {
            ChainHead head = new ChainHead(i + 1L, chain.get(i).getHash());
            assertThat(verifier.accept(chain.get(i)))
                    .isEqualTo(new ChainStep.Linked(head, Chains.event(i + 1L, "stop")));
            assertThat(verifier.head()).isEqualTo(head);
        }
    }

    @Test
    void tellsARepetitionFromASecondHistory() {
        ChainVerifier verifier = verifierAt(3);
        ChainedEvent other = EventChain.link(chain.get(1).getHash(), Chains.event(3, "another past"));
        ChainedEvent onOther = EventChain.link(other.getHash(), Chains.event(4, "built on another past"));

        assertThat(verifier.accept(chain.get(2))).isEqualTo(new ChainStep.Duplicate(3));
        assertThat(verifier.accept(other)).isEqualTo(new ChainStep.Fork(3));
        assertThat(verifier.accept(onOther)).isEqualTo(new ChainStep.Fork(4));
        assertThat(verifier.head().seq()).isEqualTo(3);
        assertThat(verifier.accept(chain.get(3))).isInstanceOf(ChainStep.Linked.class);
    }

    @Test
    void looksBelowTheHeadOnlyWhereItRemembers() {
        ChainHead head = new ChainHead(4, chain.get(3).getHash());
        KnownHashes fromTwo =
                seq -> seq >= 2 ? chain.get(Math.toIntExact(seq) - 1).getHash() : null;
        ChainVerifier verifier = new ChainVerifier(Chains.TERMINAL, head, fromTwo);
        ChainedEvent other = EventChain.link(chain.get(0).getHash(), Chains.event(2, "another past"));

        assertThat(verifier.accept(chain.get(1))).isEqualTo(new ChainStep.Duplicate(2));
        assertThat(verifier.accept(other)).isEqualTo(new ChainStep.Fork(2));
        assertThat(verifier.accept(chain.get(0))).isEqualTo(new ChainStep.Rewind(1, 4));
        assertThat(new ChainVerifier(Chains.TERMINAL, head).accept(chain.get(1)))
                .isEqualTo(new ChainStep.Rewind(2, 4));
    }

    @Test
    void namesTheGapAndGoesOnBehindItWhenTold() {
        ChainVerifier verifier = verifierAt(1);

        assertThat(verifier.accept(chain.get(3))).isEqualTo(new ChainStep.Gap(2, 4, Chains.event(4, "stop")));
        assertThat(verifier.head().seq()).isEqualTo(1);

        verifier.rebase(new ChainHead(3, chain.get(3).getPrevHash()));
        assertThat(verifier.accept(chain.get(3))).isInstanceOf(ChainStep.Linked.class);
    }

    @Test
    void refusesAnotherTerminalsEvent() {
        Event foreign =
                Chains.event(1, "stop").toBuilder().setTerminal("t-0002").build();

        assertThat(verifierAt(0).accept(EventChain.link(ChainHead.GENESIS.hash(), foreign)))
                .isEqualTo(new ChainStep.WrongTerminal(1, "t-0002"));
    }

    @Test
    void namesWhatIsMalformed() {
        ChainedEvent good = chain.get(0);
        Event event = Chains.event(1, "stop");

        assertMalformed(good.toBuilder().clearPrevHash().build(), "prev_hash");
        assertMalformed(good.toBuilder().clearHash().build(), "hash");
        assertMalformed(good.toBuilder().clearBody().build(), "body is empty");
        assertMalformed(
                good.toBuilder()
                        .setBody(ByteString.copyFrom(new byte[EventChain.MAX_BODY_BYTES + 1]))
                        .build(),
                "at most");
        assertMalformed(
                good.toBuilder()
                        .setBody(ByteString.copyFromUtf8("\u0007\u0007"))
                        .build(),
                "not a serialized Event");
        assertMalformed(linked(event.toBuilder().clearTerminal()), "terminal");
        assertMalformed(linked(event.toBuilder().clearBoot()), "boot");
        assertMalformed(linked(event.toBuilder().setSeq(0)), "seq");
        assertMalformed(linked(event.toBuilder().setSeq(-1)), "seq");
        assertMalformed(linked(event.toBuilder().clearBody()), "what happened");
    }

    @Test
    void linksAKindOfEventThatItDoesNotKnow() {
        UnknownFieldSet fromTheFuture = UnknownFieldSet.newBuilder()
                .addField(99, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        Event event = Chains.event(1, "stop").toBuilder()
                .clearBody()
                .setUnknownFields(fromTheFuture)
                .build();

        assertThat(verifierAt(0).accept(EventChain.link(ChainHead.GENESIS.hash(), event)))
                .isInstanceOf(ChainStep.Linked.class);
    }

    @Property(tries = 400)
    void noFlippedBitIsEverLinked(@ForAll @IntRange(max = 100_000) int position, @ForAll @IntRange(max = 7) int bit)
            throws Exception {
        byte[] bytes = chain.get(2).toByteArray();
        bytes[position % bytes.length] ^= (byte) (1 << bit);
        ChainedEvent bent;
        try {
            bent = ChainedEvent.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            return;
        }

        ChainStep step = verifierAt(2).accept(bent);

        assertThat(step).isNotInstanceOf(ChainStep.Linked.class);
        // The control: the same frame, unbent, is linked.
        assertThat(verifierAt(2).accept(chain.get(2))).isInstanceOf(ChainStep.Linked.class);
    }

    private void assertMalformed(ChainedEvent event, String rule) {
        assertThat(verifierAt(0).accept(event))
                .isInstanceOfSatisfying(
                        ChainStep.Malformed.class,
                        malformed -> assertThat(malformed.detail()).contains(rule));
    }

    private static ChainedEvent linked(Event.Builder event) {
        return EventChain.link(ChainHead.GENESIS.hash(), event.build());
    }
}
