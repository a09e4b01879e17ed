package org.sekisho.agent.channel.media.files.fuse;

import java.util.HashMap;
import java.util.Map;

/** The requests that are answered ({@code enum fuse_opcode}); to all others the answer is {@code ENOSYS}. */
enum Opcode {
    LOOKUP(1),
    FORGET(2),
    GETATTR(3),
    SETATTR(4),
    MKNOD(8),
    SYMLINK(6),
    MKDIR(9),
    UNLINK(10),
    RMDIR(11),
    RENAME(12),
    LINK(13),
    OPEN(14),
    READ(15),
    WRITE(16),
    STATFS(17),
    RELEASE(18),
    FSYNC(20),
    FLUSH(25),
    INIT(26),
    OPENDIR(27),
    READDIR(28),
    RELEASEDIR(29),
    FSYNCDIR(30),
    CREATE(35),
    INTERRUPT(36),
    DESTROY(38),
    BATCH_FORGET(42),
    RENAME2(45),
    UNKNOWN(-1);

    private static final Map<Integer, Opcode> BY_NUMBER = new HashMap<>();

    static {
        for (Opcode opcode : values()) {
            BY_NUMBER.put(opcode.number, opcode);
        }
    }

    private final int number;

    Opcode(int number) {
        this.number = number;
    }

    static Opcode of(int number) {
        return BY_NUMBER.getOrDefault(number, UNKNOWN);
    }
}
