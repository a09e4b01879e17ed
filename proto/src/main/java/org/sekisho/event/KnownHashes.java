package org.sekisho.event;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/** What a receiver remembers of a chain below its head, so that a repetition can be told from a second history. */
@FunctionalInterface
public interface KnownHashes {
    /** Remembers nothing but the head. */
    KnownHashes NONE = seq -> null;

    /**
     * Called only for positions below the head, which an honest terminal sends again only after a broken connection: a look
     * into a store is fast enough.
     *
     * @return hash of the event at seq; null if it isn't remembered
     */
    @Nullable
    ByteString at(long seq);
}
