package org.sekisho.control.shadow;

import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** A sealed file, read block by block in bounded memory; one that is deleted meanwhile is cut off. */
record ShadowContent(Jdbi jdbi, UUID content, long bytes) implements StreamingOutput {
    @Override
    public void write(OutputStream out) throws IOException {
        int number = 0;
        for (long left = bytes; left > 0; number++) {
            byte[] block =
                    block(number).orElseThrow(() -> new IOException("The shadow copy was deleted while it was read"));
            out.write(block);
            left -= block.length;
        }
    }

    private Optional<byte[]> block(int number) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT bytes FROM shadow_part WHERE content = :content AND number = :number")
                .bind("content", content)
                .bind("number", number)
                .mapTo(byte[].class)
                .findOne());
    }
}
