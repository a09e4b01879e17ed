package org.sekisho.policy;

import com.google.protobuf.ByteString;

/**
 * The highest revision that a terminal has accepted. Kept on disk, so that an old policy never comes back.
 *
 * @param revision 0 when none was accepted
 * @param payloadSha256 which document it was, 32 bytes; empty when not known
 */
public record RevisionFloor(long revision, ByteString payloadSha256) {
    /** Of a terminal that never accepted a policy. */
    public static final RevisionFloor NONE = new RevisionFloor(0, ByteString.EMPTY);
}
