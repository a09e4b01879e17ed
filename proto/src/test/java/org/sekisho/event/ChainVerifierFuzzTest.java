package org.sekisho.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.sekisho.v1.ChainedEvent;

/** Whatever comes over the wire, the verifier answers and never throws. */
class ChainVerifierFuzzTest {
    @FuzzTest
    void answersAnyFrame(FuzzedDataProvider data) {
        ChainVerifier verifier = new ChainVerifier(Chains.TERMINAL, ChainHead.GENESIS);
        ChainedEvent.Builder frame = ChainedEvent.newBuilder();
        if (data.consumeBoolean()) {
            // The hash is right, so that the fuzzer gets past it to the body.
            byte[] body = data.consumeRemainingAsBytes();
            frame.setPrevHash(ChainHead.GENESIS.hash())
                    .setBody(ByteString.copyFrom(body))
                    .setHash(ByteString.copyFrom(
                            new ChainHash().of(ChainHead.GENESIS.hash(), ByteString.copyFrom(body))));
        } else {
            try {
                frame.mergeFrom(data.consumeRemainingAsBytes());
            } catch (InvalidProtocolBufferException e) {
                return;
            }
        }

        ChainStep step = verifier.accept(frame.build());

        assertThat(step instanceof ChainStep.Linked).isEqualTo(verifier.head().seq() == 1);
    }
}
