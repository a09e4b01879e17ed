/**
 * Where the agent keeps what nobody else may read: its private key, the journal's key, the fingerprint key. What is read
 * back was written by this agent and could be read by no other account in between, or reading fails.
 */
@NullMarked
package org.sekisho.agent.secret;

import org.jspecify.annotations.NullMarked;
