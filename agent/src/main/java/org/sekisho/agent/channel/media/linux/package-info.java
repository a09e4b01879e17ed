/**
 * Removable devices as Linux has them: sysfs says what is plugged in and takes what is let in, netlink says when to look.
 *
 * <p>Neither libudev nor any daemon is needed. What is written is read back; what is read of a device is only believed while
 * the file that authorises it is held open, so that two devices swapped fast are never taken for each other.
 */
@NullMarked
package org.sekisho.agent.channel.media.linux;

import org.jspecify.annotations.NullMarked;
