package org.sekisho.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Turns the bytes of a policy file into text, or says where they are no text. */
final class YamlText {
    /** 2,000 rules of some 500 characters each: the largest policy that a person could still read. */
    static final int MAX_BYTES = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private YamlText() {}

    static String decode(byte[] bytes) throws PolicySyntaxException {
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(bytes.length);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        if (result.isError()) {
            throw new PolicySyntaxException(List.of(Finding.of(
                    FindingCode.NOT_UTF8, "", end(out), String.format("0x%02X", bytes[in.position()] & 0xFF))));
        }
        return checked(out.toString());
    }

    static String checked(String text) throws PolicySyntaxException {
        if (text.length() > MAX_BYTES) {
            throw tooLarge(text.length());
        }
        return text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
    }

    private static PolicySyntaxException tooLarge(int size) {
        return new PolicySyntaxException(List.of(Finding.of(
                FindingCode.TOO_LARGE, "", new Position(1, 1), Integer.toString(size), Integer.toString(MAX_BYTES))));
    }

    /** The place right after a text. */
    static Position end(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(text.charAt(i))) {
                column++;
            }
        }
        return new Position(line, column);
    }
}
