/**
 * Raw declarations of the Linux libraries that the agent calls: libxcb and libc. Nothing else; what a call means and how
 * its failure is told belongs to the channel that makes it.
 */
@NullMarked
package org.sekisho.agent.os.linux;

import org.jspecify.annotations.NullMarked;
