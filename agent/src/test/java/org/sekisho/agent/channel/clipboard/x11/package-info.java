/** Tests of the X11 clipboard against a real X server and real programs. */
@NullMarked
package org.sekisho.agent.channel.clipboard.x11;

import org.jspecify.annotations.NullMarked;
