/**
 * The way to the control server: how a terminal gets its identity, and the one stream over which events go up and policies
 * come down. An event counts as delivered only when the server says that it is durable; without a server the agent works
 * on for as long as it takes.
 */
@NullMarked
package org.sekisho.agent.uplink;

import org.jspecify.annotations.NullMarked;
