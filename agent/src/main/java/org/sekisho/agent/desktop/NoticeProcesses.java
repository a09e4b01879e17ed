package org.sekisho.agent.desktop;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** Starts a short-lived process that shows a window, so that the resident helper need not carry a toolkit. */
@FunctionalInterface
interface NoticeProcesses {

    /**
     * Shows {@code notice}.
     *
     * @return completes with what the user typed, when the window is gone; empty if nothing; exceptionally if there was no
     *     window, or it ended otherwise than by the user or its time
     * @throws IOException if it can't be started
     */
    CompletionStage<String> show(NoticeText notice) throws IOException;
}
