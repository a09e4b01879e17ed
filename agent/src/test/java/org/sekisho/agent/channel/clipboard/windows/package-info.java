/** The Windows clipboard, in a Windows JVM, with other Windows programs. */
@NullMarked
package org.sekisho.agent.channel.clipboard.windows;

import org.jspecify.annotations.NullMarked;
