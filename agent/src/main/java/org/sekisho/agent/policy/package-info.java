/**
 * The policy that this terminal runs: which one it is, how it is kept, and how the next one takes its place. A policy is
 * verified before anything of it is used, switches on all channels or on none, and never goes back below the floor.
 */
@NullMarked
package org.sekisho.agent.policy;

import org.jspecify.annotations.NullMarked;
