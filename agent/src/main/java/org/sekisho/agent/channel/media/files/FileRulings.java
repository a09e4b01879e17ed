package org.sekisho.agent.channel.media.files;

import java.io.IOException;

/** Who decides about files, and keeps the record. Thread-safe. */
interface FileRulings {
    /**
     * Has it decided and recorded; on return the record is durable.
     *
     * @return whether it may be done
     * @throws IOException if nobody decides any more: then it may not
     */
    boolean permits(FileReport report) throws IOException;

    /**
     * Has it recorded, in time.
     *
     * @throws IOException if nobody records any more
     */
    void tell(FileReport report) throws IOException;

    /** Whether content is asked for, so that nothing may reach a medium before it has been decided. */
    boolean asksForContent();
}
