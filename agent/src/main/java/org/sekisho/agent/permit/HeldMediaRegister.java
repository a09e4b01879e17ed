package org.sekisho.agent.permit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.channel.media.MediaRegister;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.policy.KnownMedia;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.Registration;
import org.sekisho.v1.Signed;

/**
 * The segment's media register, as this terminal holds it. {@link #registration}, {@link #revision} and {@link #arrived} may
 * be called on any thread; all else is the loop's.
 */
public final class HeldMediaRegister implements MediaRegister {
    private final EventLoop loop;
    private final HeldDocument<org.sekisho.v1.MediaRegister> document;
    private final TrustedTime time;
    private final Runnable changed;
    private volatile KnownMedia known = KnownMedia.NONE;
    private EventLoop.@Nullable Timer nextEnd;

    /** @param changed called on the loop whenever answers may differ from those before */
    public HeldMediaRegister(
            EventLoop loop, HeldDocument<org.sekisho.v1.MediaRegister> document, TrustedTime time, Runnable changed) {
        this.loop = requireNonNull(loop, "loop is null");
        this.document = requireNonNull(document, "document is null");
        this.time = requireNonNull(time, "time is null");
        this.changed = requireNonNull(changed, "changed is null");
    }

    /** Takes up what was kept. Once, by the thread that starts the agent. */
    public void start() throws IOException {
        document.load(time.now()).ifPresent(register -> known = new KnownMedia(register));
        loop.execute(this::watchEnds);
    }

    /** Which revision is held. 0: none. */
    public long revision() {
        return document.revision();
    }

    /** A register has arrived; the answer is given on the loop. */
    public void arrived(Signed signed, Consumer<PermitAck> answer) {
        loop.execute(() -> answer.accept(document.take(signed, time.now(), register -> {
            known = new KnownMedia(register);
            watchEnds();
            changed.run();
        })));
    }

    @Override
    public Registration registration(MediaSubject device) {
        return known.registration(device, time.now().getEpochSecond());
    }

    private void watchEnds() {
        if (nextEnd != null) {
            nextEnd.cancel();
            nextEnd = null;
        }
        Instant now = time.now();
        known.nextEnd(now.getEpochSecond())
                .ifPresent(end -> nextEnd = loop.after(Duration.between(now, Instant.ofEpochSecond(end)), () -> {
                    watchEnds();
                    changed.run();
                }));
    }
}
