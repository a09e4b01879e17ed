package org.sekisho.agent.channel.clipboard.x11;

import org.sekisho.agent.channel.clipboard.HeldContent;

/**
 * A format as its first owner delivered it, and as it is handed out again.
 *
 * @param target atom that it is asked for by
 * @param type atom of the type that the owner gave it
 * @param format bits of an item: 8, 16 or 32
 * @param content the bytes
 */
record OfferedFormat(int target, int type, int format, HeldContent content) {}
