/**
 * A file system that this process serves to the kernel, by the protocol of {@code /dev/fuse} (fuse(4), and version 7.31 of
 * the kernel's {@code linux/fuse.h}): reading requests, encoding answers, and nothing of what the answers say, which is up to
 * a {@link org.sekisho.agent.channel.media.files.fuse.FuseFileSystem}.
 */
@NullMarked
package org.sekisho.agent.channel.media.files.fuse;

import org.jspecify.annotations.NullMarked;
