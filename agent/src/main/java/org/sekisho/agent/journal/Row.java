package org.sekisho.agent.journal;

import com.google.protobuf.ByteString;

/**
 * One event as it lies in the store.
 *
 * @param sealed the body, sealed by {@link RowSeal}
 * @param size bytes of the clear body
 * @param importance {@link Importance#code()}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each read would double the cost of a batch
record Row(long seq, ByteString prevHash, ByteString hash, byte[] sealed, int size, int importance) {}
