/**
 * Tries a draft on what really happened: the very decider that terminals decide with, run over the events of the last days.
 * Changes nothing, and holds no more of the events than it counts.
 */
@NullMarked
package org.sekisho.control.policy.simulation;

import org.jspecify.annotations.NullMarked;
