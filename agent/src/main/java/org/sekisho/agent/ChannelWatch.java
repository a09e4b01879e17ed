package org.sekisho.agent;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ChannelMode;
import org.sekisho.v1.ChannelState;
import org.sekisho.v1.ChannelStateChanged;
import org.sekisho.v1.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes an event of each change of a channel's mode, and tells of any change of its state. Thread-safe. */
final class ChannelWatch implements Consumer<ChannelState> {
    private static final Logger LOG = LoggerFactory.getLogger(ChannelWatch.class);

    private final Consumer<Event.Builder> events;
    private final Runnable changed;
    private final Map<Channel, ChannelMode> modes = new EnumMap<>(Channel.class);

    ChannelWatch(Consumer<Event.Builder> events, Runnable changed) {
        this.events = events;
        this.changed = changed;
    }

    @Override
    public void accept(ChannelState state) {
        boolean news;
        synchronized (modes) {
            news = state.getMode() != modes.put(state.getChannel(), state.getMode());
        }
        if (news) {
            LOG.info("{} is {}: {}", state.getChannel(), state.getMode(), state.getDetail());
            try {
                events.accept(Event.newBuilder()
                        .setChannelStateChanged(ChannelStateChanged.newBuilder().setState(state)));
            } catch (RuntimeException e) {
                // The state itself still goes to the server; a journal that fails shows there by its backlog.
                LOG.error("the change of {} could not be recorded", state.getChannel(), e);
            }
        }
        changed.run();
    }
}
