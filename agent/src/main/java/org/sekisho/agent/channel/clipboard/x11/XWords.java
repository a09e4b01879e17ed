package org.sekisho.agent.channel.clipboard.x11;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** 32-bit words as they lie in a property or an event: in this machine's byte order, which the connection announced. */
final class XWords {
    private XWords() {}

    static byte[] bytes(int... words) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * words.length).order(ByteOrder.nativeOrder());
        for (int word : words) {
            buffer.putInt(word);
        }
        return buffer.array();
    }

    static int[] words(byte[] bytes) {
        int[] words = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asIntBuffer().get(words);
        return words;
    }
}
