@NullMarked
package org.sekisho.agent.channel.media;

import org.jspecify.annotations.NullMarked;
