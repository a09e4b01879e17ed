@NullMarked
package org.sekisho.agent.channel.media.linux;

import org.jspecify.annotations.NullMarked;
