/**
 * How the agent's service is spoken to on its own terminal: a Unix domain socket on Linux, a named pipe on Windows, with
 * the peer's identity vouched for by the kernel.
 */
@NullMarked
package org.sekisho.agent.local;

import org.jspecify.annotations.NullMarked;
