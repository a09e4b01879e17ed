package org.sekisho.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sekisho.event.ChainStep.BadHash;
import org.sekisho.event.ChainStep.Duplicate;
import org.sekisho.event.ChainStep.Fork;
import org.sekisho.event.ChainStep.Gap;
import org.sekisho.event.ChainStep.Linked;
import org.sekisho.event.ChainStep.Malformed;
import org.sekisho.event.ChainStep.Rewind;
import org.sekisho.event.ChainStep.WrongTerminal;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Event.BodyCase;

/**
 * Follows one terminal's chain, event by event, from a known head.
 *
 * <p>Invariant: only {@link Linked} moves the head. Whatever else is fed leaves the verifier as it was, so that a receiver
 * decides itself whether to refuse, to ask again, or to go on from elsewhere ({@link #rebase}).
 *
 * <p>Input may be hostile: sizes are checked before anything is hashed or parsed. A kind of event that this version doesn't
 * know is linked like any other, so that newer terminals don't stall an older receiver.
 *
 * <p>Not thread safe: one verifier a chain, one thread at a time.
 */
public final class ChainVerifier {
    private final String terminal;
    private final KnownHashes known;
    private final ChainHash hasher = new ChainHash();
    private ChainHead head;

    /**
     * @param terminal id that every event must carry
     * @param head where the chain stands; {@link ChainHead#GENESIS} for a new one
     * @param known what is remembered below the head
     */
    public ChainVerifier(String terminal, ChainHead head, KnownHashes known) {
        this.terminal = Objects.requireNonNull(terminal, "terminal is null");
        this.head = Objects.requireNonNull(head, "head is null");
        this.known = Objects.requireNonNull(known, "known is null");
    }

    /** As above, with nothing remembered below the head. */
    public ChainVerifier(String terminal, ChainHead head) {
        this(terminal, head, KnownHashes.NONE);
    }

    /** The last linked event. */
    public ChainHead head() {
        return head;
    }

    /**
     * Goes on from another place, for instance behind a gap that has been reported as an incident.
     *
     * @param newHead the place after which the next event must follow
     */
    public void rebase(ChainHead newHead) {
        head = Objects.requireNonNull(newHead, "newHead is null");
    }

    /** Holds one event against the head. Never throws on any content. */
    public ChainStep accept(ChainedEvent chained) {
        String flaw = flawOfFrame(chained);
        if (flaw != null) {
            return new Malformed(flaw);
        }
        Event event;
        try {
            event = Event.parseFrom(chained.getBody());
        } catch (InvalidProtocolBufferException e) {
            return new Malformed("body is not a serialized Event");
        }
        flaw = flawOfEvent(event);
        if (flaw != null) {
            return new Malformed(flaw);
        }
        if (!event.getTerminal().equals(terminal)) {
            return new WrongTerminal(event.getSeq(), event.getTerminal());
        }
        byte[] hash = hasher.of(chained.getPrevHash(), chained.getBody());
        if (!chained.getHash().equals(UnsafeByteOperations.unsafeWrap(hash))) {
            return new BadHash(event.getSeq());
        }
        return place(chained, event);
    }

    private ChainStep place(ChainedEvent chained, Event event) {
        long seq = event.getSeq();
        if (seq <= head.seq()) {
            ByteString there = seq == head.seq() ? head.hash() : known.at(seq);
            if (there == null) {
                return new Rewind(seq, head.seq());
            }
            return there.equals(chained.getHash()) ? new Duplicate(seq) : new Fork(seq);
        }
        if (seq != head.seq() + 1) {
            return new Gap(head.seq() + 1, seq, event);
        }
        if (!chained.getPrevHash().equals(head.hash())) {
            return new Fork(seq);
        }
        head = new ChainHead(seq, chained.getHash());
        return new Linked(head, event);
    }

    private static @Nullable String flawOfFrame(ChainedEvent chained) {
        if (chained.getPrevHash().size() != EventChain.HASH_BYTES) {
            return "prev_hash must have 32 bytes, but has "
                    + chained.getPrevHash().size();
        }
        if (chained.getHash().size() != EventChain.HASH_BYTES) {
            return "hash must have 32 bytes, but has " + chained.getHash().size();
        }
        if (chained.getBody().isEmpty()) {
            return "body is empty";
        }
        if (chained.getBody().size() > EventChain.MAX_BODY_BYTES) {
            return "body must have at most " + EventChain.MAX_BODY_BYTES + " bytes, but has "
                    + chained.getBody().size();
        }
        return null;
    }

    private static @Nullable String flawOfEvent(Event event) {
        if (event.getTerminal().isEmpty()) {
            return "terminal is missing";
        }
        if (event.getBoot().size() != EventChain.BOOT_BYTES) {
            return "boot must have 16 bytes, but has " + event.getBoot().size();
        }
        // Numbers above 2^63 would need 292,000 years at a million events a second.
        if (event.getSeq() <= 0) {
            return "seq must be from 1 to 2^63-1";
        }
        if (event.getBodyCase() == BodyCase.BODY_NOT_SET
                && event.getUnknownFields().asMap().isEmpty()) {
            return "what happened is missing";
        }
        return null;
    }
}
