package org.sekisho.control.shadow;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.SealedKey;
import org.sekisho.v1.ShadowHeader;

/** What a copy's header says; nothing, as long as there is none. */
record KeptHeader(ShadowHeader header) {
    static KeptHeader of(byte @Nullable [] bytes) {
        try {
            return new KeptHeader(bytes == null ? ShadowHeader.getDefaultInstance() : ShadowHeader.parseFrom(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("A stored shadow copy's header cannot be read", e);
        }
    }

    /** Operators that it has a key for. */
    List<String> custodians() {
        return header.getKeysList().stream()
                .flatMap(key -> Stream.of(key.getReader(), key.getApprover()))
                .distinct()
                .toList();
    }

    /** The key of this pair. */
    Optional<SealedKey> key(String reader, String approver) {
        return header.getKeysList().stream()
                .filter(key ->
                        key.getReader().equals(reader) && key.getApprover().equals(approver))
                .findFirst();
    }
}
