package org.sekisho.agent.channel.media;

import java.util.Arrays;

/**
 * Recognises an encrypted volume by its first sector: LUKS 1 and 2 (cryptsetup's on-disk format specifications), BitLocker and
 * BitLocker To Go. A signature only says what the volume claims to be. Pure.
 */
public final class StorageSignature {
    /** All signatures are within the first sector. */
    public static final int BYTES = 512;

    private static final byte[] LUKS = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe};
    private static final byte[] BITLOCKER = {'-', 'F', 'V', 'E', '-', 'F', 'S', '-'};
    private static final byte[] TO_GO = {'M', 'S', 'W', 'I', 'N', '4', '.', '1'};
    /** 4967d63b-2e29-4ad8-8399-f6a339e3d001 as Windows stores it. */
    private static final byte[] TO_GO_ID = {
        0x3b,
        (byte) 0xd6,
        0x67,
        0x49,
        0x29,
        0x2e,
        (byte) 0xd8,
        0x4a,
        (byte) 0x83,
        (byte) 0x99,
        (byte) 0xf6,
        (byte) 0xa3,
        0x39,
        (byte) 0xe3,
        (byte) 0xd0,
        0x01
    };

    private static final int OEM_NAME = 3;
    private static final int TO_GO_ID_AT = 424;
    private static final int LUKS_VERSION = 6;

    private StorageSignature() {}

    /** Whether a volume that begins with these bytes claims to be encrypted. */
    public static boolean isEncrypted(byte[] head) {
        if (has(head, 0, LUKS)) {
            return head.length > LUKS_VERSION + 1
                    && head[LUKS_VERSION] == 0
                    && (head[LUKS_VERSION + 1] == 1 || head[LUKS_VERSION + 1] == 2);
        }
        return has(head, OEM_NAME, BITLOCKER) || (has(head, OEM_NAME, TO_GO) && has(head, TO_GO_ID_AT, TO_GO_ID));
    }

    private static boolean has(byte[] head, int at, byte[] signature) {
        return head.length >= at + signature.length
                && Arrays.equals(head, at, at + signature.length, signature, 0, signature.length);
    }
}
