/** Tests of the clipboard, and the contract that every {@code SessionClipboard} is held to. */
@NullMarked
package org.sekisho.agent.channel.clipboard;

import org.jspecify.annotations.NullMarked;
