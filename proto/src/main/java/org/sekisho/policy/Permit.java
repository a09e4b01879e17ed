package org.sekisho.policy;

import java.util.Set;
import org.sekisho.v1.Circumstances;

/**
 * An approved exception, as far as a decision looks at it: for one person, at one terminal, in one span of time.
 *
 * @param id which permit it is
 * @param rules ids of the rules that it lifts, where they let themselves be lifted
 * @param user account at the terminal, compared without case; empty matches nobody
 * @param terminal id of the terminal; empty matches none
 * @param fromMicros microseconds since the epoch, UTC; in
 * @param untilMicros microseconds since the epoch, UTC; out
 */
public record Permit(String id, Set<String> rules, String user, String terminal, long fromMicros, long untilMicros) {
    public Permit {
        rules = Set.copyOf(rules);
    }

    boolean lifts(String rule, Circumstances circumstances) {
        return rules.contains(rule)
                && !user.isEmpty()
                && CaseFold.fold(user).equals(CaseFold.fold(circumstances.getUser()))
                && !terminal.isEmpty()
                && terminal.equals(circumstances.getTerminal())
                && circumstances.getAtMicros() >= fromMicros
                && circumstances.getAtMicros() < untilMicros;
    }
}
