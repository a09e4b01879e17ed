package org.sekisho.agent.content;

import java.util.List;
import org.sekisho.v1.Label;

/** One content under inspection: fed in pieces of any size, in bounded memory, by one thread. */
public interface Inspection {
    /**
     * Takes the next bytes. How the content is cut into pieces makes no difference to what is found.
     *
     * @throws IllegalStateException after {@link #finish()}
     */
    void update(byte[] bytes, int offset, int length);

    /**
     * Ends the content, wipes what was buffered, and says what was found: one label for each (label, grade) with at least
     * one occurrence, ordered by label, then grade; empty if nothing was.
     *
     * @throws IllegalStateException if called twice
     */
    List<Label> finish();
}
