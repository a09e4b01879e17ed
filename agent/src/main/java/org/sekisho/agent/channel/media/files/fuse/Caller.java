package org.sekisho.agent.channel.media.files.fuse;

/**
 * Who asks, as the kernel vouches for it.
 *
 * @param pid 0: the kernel itself, or a process out of sight
 * @param uid the account's number
 */
public record Caller(int pid, int uid) {}
