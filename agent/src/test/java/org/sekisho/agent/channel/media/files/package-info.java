@NullMarked
package org.sekisho.agent.channel.media.files;

import org.jspecify.annotations.NullMarked;
