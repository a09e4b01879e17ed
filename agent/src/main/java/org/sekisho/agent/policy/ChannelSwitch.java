package org.sekisho.agent.policy;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.Policy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes all channels from one policy to another, or none.
 *
 * <p>Until every guard is prepared nothing changes. A guard that fails while committing, or reads back that it does not
 * hold, takes all of them back to the policy before. A channel that had failed before, for reasons of its own, does not
 * keep a policy out: its state is reported beside the others. One thread.
 */
final class ChannelSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelSwitch.class);

    private final List<ChannelGuard> guards;

    ChannelSwitch(List<ChannelGuard> guards) {
        this.guards = List.copyOf(guards);
    }

    /** How all channels stand. */
    List<ChannelState> states() {
        return guards.stream().map(ChannelGuard::state).toList();
    }

    /** Guards that are ready; nothing has changed yet. */
    Ready prepare(Policy next, Policy before) throws ChannelException {
        List<ChannelGuard.Prepared> prepared = new ArrayList<>();
        for (ChannelGuard guard : guards) {
            try {
                prepared.add(guard.prepare(next));
            } catch (ChannelException | RuntimeException e) {
                prepared.forEach(ChannelGuard.Prepared::abandon);
                throw new ChannelException("%s: %s".formatted(guard.channel(), e.getMessage()), e);
            }
        }
        return new Ready(prepared, before);
    }

    /** All guards are prepared. */
    final class Ready {
        private final List<ChannelGuard.Prepared> prepared;
        private final Policy before;

        private Ready(List<ChannelGuard.Prepared> prepared, Policy before) {
            this.prepared = prepared;
            this.before = before;
        }

        /**
         * Commits all.
         *
         * @param takeBack called first if one did not hold, before any goes back
         * @return what each read back
         * @throws ChannelException if one did not hold; the policy before is in force again
         */
        List<ChannelState> commit(Runnable takeBack) throws ChannelException {
            List<ChannelState> states = new ArrayList<>();
            for (int i = 0; i < prepared.size(); i++) {
                boolean failedBefore = guards.get(i).state().getMode() == ChannelMode.MODE_FAILED;
                try {
                    ChannelState state = prepared.get(i).commit();
                    if (state.getMode() == ChannelMode.MODE_FAILED && !failedBefore) {
                        throw new ChannelException(state.getDetail());
                    }
                    states.add(state);
                } catch (ChannelException | RuntimeException e) {
                    takeBack.run();
                    takeBack(i);
                    throw new ChannelException("%s: %s".formatted(guards.get(i).channel(), e.getMessage()), e);
                }
            }
            return states;
        }

        void abandon() {
            prepared.forEach(ChannelGuard.Prepared::abandon);
        }

        private void takeBack(int failed) {
            prepared.subList(failed + 1, prepared.size()).forEach(ChannelGuard.Prepared::abandon);
            for (ChannelGuard guard : guards.subList(0, failed + 1)) {
                try {
                    ChannelState state = guard.prepare(before).commit();
                    if (state.getMode() == ChannelMode.MODE_FAILED) {
                        LOG.error("{} does not hold the policy before either: {}", guard.channel(), state.getDetail());
                    }
                } catch (ChannelException | RuntimeException e) {
                    LOG.error("{} can't be taken back to the policy before; see its state", guard.channel(), e);
                }
            }
        }
    }
}
