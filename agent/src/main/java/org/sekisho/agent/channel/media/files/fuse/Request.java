package org.sekisho.agent.channel.media.files.fuse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A request of the kernel ({@code struct fuse_in_header} and what follows it).
 *
 * @param body from behind the header to the end
 */
record Request(Opcode opcode, long unique, long node, Caller caller, ByteBuffer body) {
    private static final int HEADER = 40;

    /** Reads a request; {@code from} holds exactly one. */
    static Request read(ByteBuffer from) {
        int opcode = from.getInt(4);
        long unique = from.getLong(8);
        long node = from.getLong(16);
        Caller caller = new Caller(from.getInt(32), from.getInt(24));
        return new Request(
                Opcode.of(opcode),
                unique,
                node,
                caller,
                from.slice(HEADER, from.limit() - HEADER).order(from.order()));
    }

    /** The next name of the body, which a zero byte ends. */
    String name() throws FuseException {
        int start = body.position();
        while (body.get() != 0) {
            // Looks for the end; the kernel never sends a name without one.
        }
        ByteBuffer bytes = body.slice(start, body.position() - start - 1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FuseException(Errno.EILSEQ);
        }
    }
}
