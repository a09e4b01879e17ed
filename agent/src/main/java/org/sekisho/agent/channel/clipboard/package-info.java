/**
 * The clipboard. It is decided at paste: the helper in the session owns every new content and renders it on request, so
 * that source and destination are known, and content that is blocked is never handed out.
 */
@NullMarked
package org.sekisho.agent.channel.clipboard;

import org.jspecify.annotations.NullMarked;
