/**
 * Signed documents on this terminal's disk: sealed under a key of its own, each with a revision floor that is kept apart from
 * it, so that putting an old file back is noticed.
 */
@NullMarked
package org.sekisho.agent.sealed;

import org.jspecify.annotations.NullMarked;
