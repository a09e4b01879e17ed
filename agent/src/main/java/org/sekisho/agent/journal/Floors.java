package org.sekisho.agent.journal;

import java.io.IOException;
import java.util.function.Consumer;
import org.sekisho.event.ChainHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the floor after each commit, and only then shows the new events to readers: nothing leaves the terminal that the head
 * file doesn't vouch for.
 *
 * <p>Not thread safe: the writer's thread alone uses it.
 */
final class Floors {
    private static final Logger LOG = LoggerFactory.getLogger(Floors.class);

    private final HeadFile headFile;
    private final Consumer<Published> published;
    private HeadFile.Floor floor = new HeadFile.Floor(ChainHead.GENESIS, 0);

    /**
     * What readers may see.
     *
     * @param floor as it stands in the head file
     * @param before the last event that was pruned
     */
    record Published(HeadFile.Floor floor, ChainHead before) {}

    /** @param published called after each change of what readers may see */
    Floors(HeadFile headFile, Consumer<Published> published) {
        this.headFile = headFile;
        this.published = published;
    }

    /**
     * Writes the floor, if it has moved, and shows what is new.
     *
     * @param before the last event that was pruned
     */
    void raise(ChainHead head, long acked, ChainHead before) {
        HeadFile.Floor next = new HeadFile.Floor(head, acked);
        if (!next.equals(floor)) {
            try {
                headFile.write(next);
            } catch (IOException e) {
                LOG.error("cannot write the journal's head file; new events stay on the terminal until it works", e);
                return;
            }
            floor = next;
        }
        published.accept(new Published(floor, before));
    }

    /** Whether the head file is behind. */
    boolean isBehind(ChainHead head, long acked) {
        return floor.head().seq() != head.seq() || floor.acked() != acked;
    }
}
