package org.sekisho.agent.content.extract;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads documents from standard input, one after the other, and writes what is in them to standard output, for
 * {@link ExtractionProcess}. A document comes in pieces of a length (4 bytes, big endian) and that many bytes; a length of 0
 * ends it. Ends with the input. A program by itself, for the same reason as that which serves media.
 */
public final class ExtractMain {
    private static final int BUFFER = 256 * 1024;

    private ExtractMain() {}

    /**
     * Runs it.
     *
     * @throws IOException if there is no room for a document, or nobody reads
     */
    public static void main(String[] arguments) throws IOException {
        OutputStream out = new BufferedOutputStream(System.out, BUFFER);
        // Nothing that a library prints may get between the frames.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        DataInputStream in = new DataInputStream(System.in);
        Path document = Files.createTempFile("document", null);
        DocumentReader reader = new DocumentReader();
        while (receive(in, document)) {
            reader.read(document, out);
        }
    }

    private static boolean receive(DataInputStream in, Path document) throws IOException {
        try (OutputStream file = Files.newOutputStream(document)) {
            int length;
            try {
                length = in.readInt();
            } catch (EOFException e) {
                return false;
            }
            byte[] piece = new byte[PartWriter.MOST];
            while (length > 0) {
                if (length > piece.length) {
                    throw new IOException("a piece of " + length + " bytes");
                }
                in.readFully(piece, 0, length);
                file.write(piece, 0, length);
                length = in.readInt();
            }
            return true;
        }
    }
}
