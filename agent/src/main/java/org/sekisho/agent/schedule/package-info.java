/**
 * Time as the agent's state machines see it: one thread's worth of tasks and timers, so that their tests turn the clock by
 * hand and need neither threads nor waiting.
 */
@NullMarked
package org.sekisho.agent.schedule;

import org.jspecify.annotations.NullMarked;
