package org.sekisho.policy;

import com.google.protobuf.ByteString;
import org.sekisho.v1.Refusal;

/** Why a signed document is not taken. */
record Fault(Refusal refusal, String detail) {
    Verification.Refused refused(long claimedRevision, ByteString sha256) {
        return new Verification.Refused(refusal, detail, claimedRevision, sha256);
    }
}
