/**
 * The terminal's hash chain: how events are linked, how checkpoints are signed, and how both are verified.
 *
 * <p>Pure, and used by both ends: the agent writes with it, the server and the offline verifiers check with it.
 */
@NullMarked
package org.sekisho.event;

import org.jspecify.annotations.NullMarked;
