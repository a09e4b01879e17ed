package org.sekisho.agent.channel.clipboard.x11;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.os.linux.Xcb;

/**
 * Reads one content, in all its formats, from the program that owns a selection. First its TARGETS, then every format at
 * once, so that two answers of the owner are all that stands between its claim and ours. What was delivered lies in the
 * server, and is read only after the selection was taken over; what comes in increments goes on coming then, as ICCCM 2.7.2
 * lets it.
 *
 * <p>Asking for what an owner is likely to offer together with its TARGETS would save one answer. It breaks large copies of
 * xclip 0.13, which answers whatever it is asked and can't serve two transfers at once. Used by the connection's thread.
 */
final class SelectionReading {
    private static final int PROPERTY_CHANGE = 1 << 22;

    private final X11Session session;
    private final int selection;
    private final int owner;
    private final int time;
    private final ContentVault.Room room;
    private final int window;
    private final int targets;
    private final long answersBy;
    private final long endBy;
    private final List<FormatReading> formats = new ArrayList<>();
    private boolean asked;
    private boolean complete = true;
    private long deadline;

    SelectionReading(X11Session session, int selection, int owner, int time, long now) throws ChannelException {
        this.session = session;
        this.selection = selection;
        this.owner = owner;
        this.time = time;
        this.room = session.newRoom();
        this.targets = session.atoms().of("TARGETS");
        this.window = session.x().createWindow(PROPERTY_CHANGE);
        this.deadline = now + session.limits().offerWait().toNanos();
        this.answersBy = now + session.limits().answersWait().toNanos();
        this.endBy = now + session.limits().transferWait().toNanos();
        convert(targets);
        session.watches().add(owner);
    }

    int owner() {
        return owner;
    }

    int time() {
        return time;
    }

    int window() {
        return window;
    }

    long deadline() {
        return Math.min(deadline, answered() ? endBy : answersBy);
    }

    /** Every format has had its first answer: the selection can be taken over. */
    boolean answered() {
        return asked && formats.stream().noneMatch(format -> format.state() == FormatReading.State.ASKED);
    }

    boolean ended() {
        return asked && formats.stream().allMatch(FormatReading::ended);
    }

    /** False if a format was lost: over the limit, or its owner failed. */
    boolean complete() {
        return complete && formats.stream().noneMatch(format -> format.state() == FormatReading.State.LOST);
    }

    /** What was read, in the order of the offer. */
    List<OfferedFormat> offered() {
        return formats.stream()
                .map(FormatReading::offered)
                .filter(Objects::nonNull)
                .toList();
    }

    void converted(XEvent.Converted event, long now) throws ChannelException {
        if (event.target() == targets && !asked) {
            askFor(event.property() == 0 ? List.of() : offer());
            deadline = now + session.limits().offerWait().toNanos();
        } else {
            for (FormatReading format : formats) {
                if (format.target() == event.target()) {
                    format.answered(event.property());
                    progress(now);
                }
            }
        }
    }

    /** Reads what was delivered, after the selection was taken over. */
    void take() throws ChannelException {
        for (FormatReading format : formats) {
            format.take();
        }
    }

    void changed(XEvent.PropertyChanged event, long now) throws ChannelException {
        if (event.deleted()) {
            return;
        }
        for (FormatReading format : formats) {
            if (format.target() == event.property() && format.state() == FormatReading.State.INCREMENTAL) {
                format.more();
                progress(now);
            }
        }
    }

    private void progress(long now) {
        deadline = now + session.limits().stepWait().toNanos();
    }

    /**
     * The owner has taken too long: what it hasn't begun to deliver is lost, or if it has begun with everything, what it
     * hasn't delivered whole.
     */
    void expire(long now) {
        boolean begun = answered();
        asked = true;
        complete = false;
        formats.stream()
                .filter(format -> begun || format.state() == FormatReading.State.ASKED)
                .forEach(FormatReading::lose);
        progress(now);
    }

    /** The owner is gone: what it hasn't delivered is lost. */
    void ownerGone() {
        asked = true;
        complete = false;
        formats.stream()
                .filter(format -> format.state() != FormatReading.State.DELIVERED)
                .forEach(FormatReading::lose);
    }

    /** Ends the reading; what was read is wiped unless {@code keep}. */
    void close(boolean keep) {
        if (!keep) {
            formats.forEach(FormatReading::discard);
        }
        session.watches().remove(owner);
        session.x().destroyWindow(window);
    }

    private List<Integer> offer() throws ChannelException {
        XProperties.Piece piece = session.properties().read(window, targets, 0);
        session.properties().delete(window, targets);
        if (piece == null || piece.format() != 32) {
            return List.of();
        }
        List<Integer> offered = new ArrayList<>();
        for (int atom : XWords.words(piece.value())) {
            offered.add(atom);
        }
        return offered;
    }

    private void askFor(List<Integer> offer) throws ChannelException {
        asked = true;
        Set<Integer> wanted = new LinkedHashSet<>();
        for (int atom : offer) {
            if (wanted.size() == X11Limits.FORMATS) {
                complete = false;
                break;
            }
            if (X11Targets.carriesContent(session.atoms().nameOf(atom))) {
                wanted.add(atom);
            }
        }
        if (offer.isEmpty()) {
            for (String name : X11Targets.WITHOUT_AN_OFFER) {
                wanted.add(session.atoms().of(name));
            }
        }
        for (int atom : wanted) {
            String name = session.atoms().nameOf(atom);
            formats.add(new FormatReading(
                    session.properties(), window, atom, session.incr(), room.sink(name, X11Targets.formatOf(name))));
            convert(atom);
        }
    }

    private void convert(int target) {
        Xcb.xcb_convert_selection(session.x().handle(), window, selection, target, target, time);
    }
}
