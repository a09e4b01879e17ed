package org.sekisho.agent.channel.clipboard.x11;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who owns which selection, followed from the requests of all programs in the order in which the server executed them, so that
 * a conversion of what has not been taken over yet is told from one that the guard answers. For one thread.
 */
final class SelectionLog {
    private final XConnection guard;
    private final Map<Integer, Claim> claims = new HashMap<>();

    /** {@code since} is the time of the claim by the server's clock, which wraps. */
    private record Claim(int owner, int since) {}

    /**
     * A program asked another than the guard for content.
     *
     * @param selection what it asked for
     * @param owner whom
     * @param since when that owner had claimed the selection, by the server's clock; at most a moment too early
     * @param requestor window that it gets the answer by
     * @param target the format
     */
    record Exposure(int selection, int owner, int since, int requestor, int target) {}

    /** {@code selections} are the ones that matter; as long as no claim has been seen, the owner is taken for the guard. */
    SelectionLog(XConnection guard, List<Integer> selections) {
        this.guard = guard;
        for (int selection : selections) {
            claims.put(selection, new Claim(0, 0));
        }
    }

    /**
     * A program claimed a selection, or gave it up with {@code owner} 0. The server ignores a claim of the past and of the
     * future (X Window System Protocol, SetSelectionOwner).
     *
     * @param time as the program named it; 0 is now
     * @param now the server's clock
     */
    void claimed(int selection, int owner, int time, int now) {
        Claim last = claims.get(selection);
        if (last == null) {
            return;
        }
        int since = time == 0 ? now : time;
        boolean first = last.owner() == 0 && last.since() == 0;
        if (since - now <= 0 && (first || since - last.since() >= 0)) {
            claims.put(selection, new Claim(owner, since));
        }
    }

    /** A program's connection has ended; {@code one} is any id of its own. */
    void died(int one) {
        claims.replaceAll((selection, claim) ->
                claim.owner() != 0 && guard.sameClient(claim.owner(), one) ? new Claim(0, claim.since()) : claim);
    }

    /** A program asked for content. */
    Optional<Exposure> asked(int selection, int requestor, int target) {
        Claim claim = claims.get(selection);
        return claim == null || claim.owner() == 0 || guard.ownWindow(claim.owner()) || guard.ownWindow(requestor)
                ? Optional.empty()
                : Optional.of(new Exposure(selection, claim.owner(), claim.since(), requestor, target));
    }
}
