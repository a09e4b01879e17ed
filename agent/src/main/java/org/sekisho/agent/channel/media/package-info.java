/**
 * The channel {@code MEDIA}: removable devices, decided from their descriptors before anything binds to them.
 *
 * <p>The guard tells a {@link org.sekisho.agent.channel.media.VolumeListener} of the volumes of devices that it let in, and
 * asks a {@link org.sekisho.agent.channel.media.MediaRegister} whether a device is registered.
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>What a device says of itself can't be verified: vendor, product, serial, classes and name are its own word. A rule that
 *       lets in one stick by its serial lets in what copies that serial; where both are plugged in, the event says so.
 *   <li>A human interface device can type whatever its kind, and with no policy at all keyboards are let in. A keyboard beside
 *       another within ten seconds of another device's plugging-in is marked, never stopped for that alone.
 *   <li>With default deny set by the agent alone, what was plugged in before it starts works until then. {@code sekisho-agent
 *       media install-default-deny} has udev deny before; {@code --from-kernel} the kernel itself.
 *   <li>A read-only disk is writable by root for the milliseconds between its appearance and the agent's call; so is one that
 *       root makes writable by hand, for up to two seconds, which is recorded. Other changes by hand are heard at once. Users can't: its node is root's, and nobody is
 *       told of the volume before.
 *   <li>Root can stop the agent, and let devices in by hand while it is stopped. The stop is an event, and what is let in is
 *       shut out and recorded at the next start.
 *   <li>A signature of encryption says what the volume claims. Where a rule asks for it, the disk exists, read-only, until its
 *       first sector was read; where no answer could let it in, it never does.
 *   <li>A plugging-in that ends before it could be looked at has no event; nothing of it was let in. The same device in the
 *       same place within two seconds is counted in one event.
 *   <li>SD cards in the machine's own slots are kept from their driver by default; one that was in before the agent started
 *       works until then, and an MMC card from before SD is taken for built-in storage.
 *   <li>Optical and other drives with removable media that are not on USB, and built-in Bluetooth that is not on USB, have no
 *       default in the kernel: they exist for some milliseconds before they are shut out, which is their driver's unbinding
 *       and the radio's soft block. The person can lift the latter by a switch; that is taken back and recorded.
 *   <li>Thunderbolt and USB4 devices wait for authorisation where the firmware says so; at its security level {@code none} they
 *       do not, and the channel's state says that. What they carry on USB is guarded as USB. One that was authorised before can
 *       only be shut out where the machine supports that; otherwise the event says that it was not.
 *   <li>Disks that are plugged into SATA or NVMe connectors call themselves fixed and are not guarded. On Windows the channel
 *       is unsupported.
 *   <li>Who is asked for a reason is the person whose desktop is the only one, or of several the one in front at the terminal's
 *       own screen, as logind has it; where that can't be told, or they have no helper, nobody is asked and the device stays
 *       shut out, which the event says.
 * </ul>
 */
@NullMarked
package org.sekisho.agent.channel.media;

import org.jspecify.annotations.NullMarked;
