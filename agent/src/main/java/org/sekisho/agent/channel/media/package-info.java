/**
 * The channel {@code MEDIA}: removable devices, decided from their descriptors before anything binds to them.
 *
 * <p>The guard tells a {@link org.sekisho.agent.channel.media.VolumeListener} of the volumes of devices that it let in, and
 * asks a {@link org.sekisho.agent.channel.media.MediaRegister} whether a device is registered.
 */
@NullMarked
package org.sekisho.agent.channel.media;

import org.jspecify.annotations.NullMarked;
