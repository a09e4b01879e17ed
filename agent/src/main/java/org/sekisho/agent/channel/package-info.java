/**
 * The ways out of a terminal: what a channel promises to the agent, and one package a channel.
 *
 * <p>A channel observes attempts, has them decided and recorded by an {@link org.sekisho.agent.channel.AttemptDesk}, and
 * enforces the answer. It decides nothing itself.
 */
@NullMarked
package org.sekisho.agent.channel;

import org.jspecify.annotations.NullMarked;
