package org.sekisho.control.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.event.EventView.Chain;

/** How far some terminals' chains have been verified. Immutable. */
record ChainStates(Map<String, Mark> terminals) {
    ChainStates {
        terminals = Map.copyOf(terminals);
    }

    /**
     * One terminal's chain, branch 0.
     *
     * @param provenSeq up to here signed checkpoints prove it
     * @param brokenSeq first event behind the first hole; null: there is none
     */
    record Mark(long provenSeq, @Nullable Long brokenSeq) {
        private static final Mark NOTHING = new Mark(0, null);

        Chain at(int branch, long seq) {
            if (branch > 0 || (brokenSeq != null && seq >= brokenSeq)) {
                return Chain.GAP;
            }
            return seq <= provenSeq ? Chain.WHOLE : Chain.PENDING;
        }
    }

    Chain at(StoredEvent event) {
        return terminals
                .getOrDefault(event.event().getTerminal(), Mark.NOTHING)
                .at(event.branch(), event.event().getSeq());
    }
}
