package org.sekisho.agent.channel.clipboard;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sekisho.v1.Process;

/** What a {@link SessionClipboard} tells and asks. Called on the clipboard's own thread; must not block it. */
public interface ClipboardGate {

    /**
     * A program's content is about to be taken over, and the program may end as soon as it is relieved of it. Completes when
     * the program has been looked at; the clipboard stands still until then, but not for long, and takes over anyway.
     *
     * @param pid that the kernel vouches for, never 0
     * @param clients the processes of all that use the same clipboard, as far as they are known
     */
    default CompletionStage<Void> identify(int pid, Set<Integer> clients) {
        return CompletableFuture.completedFuture(null);
    }

    /** A new content has been read and taken over. */
    void copied(Capture capture);

    /**
     * A program has asked for the content before it was taken over, and its owner has answered or will: that can't be stopped
     * any more. Called after {@link #copied}.
     *
     * @param destination the program that asked; the default instance if it could not be found out
     * @param target the format that it asked for, as the OS names it
     */
    default void exposed(Capture capture, Process destination, String target) {}

    /**
     * May {@code paste} have the content? Completes with true to hand it out, with false to hand out nothing; completing
     * exceptionally means false. May complete on any thread and, where the user is asked for a reason, late.
     */
    CompletionStage<Boolean> asked(Paste paste);

    /**
     * What became of a paste that was answered.
     *
     * @param bytes handed out
     * @param failure what went wrong, with the OS's error; empty if nothing did
     */
    void done(Paste paste, long bytes, String failure);
}
