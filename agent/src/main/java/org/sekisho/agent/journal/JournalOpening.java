package org.sekisho.agent.journal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the journal was found when it was opened.
 *
 * @param afterCrash the run before ended without {@link Journal#close()}
 * @param damage what was wrong with the store, for the log; empty: nothing. The chain records it
 * @param aside where the damaged store is kept; empty: there was none, or nothing was wrong
 */
public record JournalOpening(boolean afterCrash, Optional<String> damage, Optional<Path> aside) {}
