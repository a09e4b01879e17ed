package org.sekisho.agent.channel.clipboard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Channel;
import org.sekisho.v1.ClipboardSubject;
import org.sekisho.v1.CopySeen;
import org.sekisho.v1.OwnerSeen;
import org.sekisho.v1.Process;

/**
 * Which programs one helper's attempts are about: the helper says which processes, this says what they are. A source is looked at once, when it is first seen, and that holds for its content
 * from then on: by the time that somebody pastes, it may have ended, or its process id be another's. Thread-safe.
 */
final class AttemptPrograms {
    /** Programs that copy within the time that one content is of use, and contents that a helper holds (64) and more. */
    private static final int MOST = 256;

    private final String session;
    private final ProgramLookup programs;
    private final Map<Integer, CompletableFuture<Source>> seen = bounded();
    private final Map<Long, Source> captures = bounded();

    /**
     * A program that offered something.
     *
     * @param program what is known of it
     * @param helper whether it is one of our own, which has taken the content over from another before
     */
    private record Source(Process program, boolean helper) {
        /** With what the helper told of it besides. */
        private Source with(Process told) {
            return new Source(
                    told.toBuilder()
                            .setPath(program.getPath())
                            .setSha256(program.getSha256())
                            .setSigner(program.getSigner())
                            .setUser(program.getUser())
                            .build(),
                    helper);
        }
    }

    /** @param session whose programs they are */
    AttemptPrograms(String session, ProgramLookup programs) {
        this.session = session;
        this.programs = programs;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }

    /** A program has been seen. What is returned looks at it, and is to be run at once; whoever asks meanwhile waits for it. */
    Runnable seen(OwnerSeen owner) {
        CompletableFuture<Source> looking = new CompletableFuture<>();
        synchronized (seen) {
            seen.put(owner.getPid(), looking);
        }
        return () -> looking.complete(look(owner));
    }

    private Source look(OwnerSeen owner) {
        Source found = look(Process.newBuilder().setPid(owner.getPid()).build());
        boolean ended = found.program().getPath().isEmpty()
                && found.program().getSha256().isEmpty()
                && !found.helper();
        return ended && owner.getClientsCount() > 0
                ? new Source(programs.heir(session, found.program(), Set.copyOf(owner.getClientsList())), false)
                : found;
    }

    private Source look(Process told) {
        Process found = programs.identify(told);
        return new Source(found, programs.isHelper(found));
    }

    /** The attempt as the decider may trust it. */
    Attempt identified(Attempt told, long capture, boolean copy) {
        ClipboardSubject.Builder subject = told.getClipboard().toBuilder().setCopy(copy);
        if (subject.hasSource()) {
            subject.setSource(source(capture, subject.getSource()).program());
        }
        if (subject.hasDestination()) {
            subject.setDestination(programs.identify(subject.getDestination()));
        }
        return told.toBuilder()
                .setChannel(Channel.CLIPBOARD)
                .setClipboard(subject)
                .build();
    }

    /** Whether the content was taken over from an earlier helper, and not copied by anybody now. */
    boolean isTakeover(CopySeen copy) {
        return source(copy.getCapture(), copy.getAttempt().getClipboard().getSource())
                .helper();
    }

    /** The program that {@code capture} came from, of which the helper says what it has {@code told}. */
    private Source source(long capture, Process told) {
        Source kept;
        synchronized (captures) {
            kept = captures.get(capture);
        }
        if (kept == null || kept.program().getPid() != told.getPid()) {
            CompletableFuture<Source> looking = lookingAt(told.getPid());
            kept = looking == null ? look(told) : looking.join();
            synchronized (captures) {
                captures.put(capture, kept);
            }
        }
        return kept.with(told);
    }

    private @Nullable CompletableFuture<Source> lookingAt(int pid) {
        synchronized (seen) {
            return seen.get(pid);
        }
    }
}
