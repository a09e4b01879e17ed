package org.sekisho.agent.channel.media.files;

import java.io.IOException;
import org.sekisho.v1.FileRuling;
import org.sekisho.v1.ShadowOrder;

/** Who decides about files, and keeps the record. Thread-safe. */
interface FileRulings {
    /**
     * Has it decided and recorded; on return the record is durable.
     *
     * @return whether it may be done, and whether a copy is to be kept
     * @throws IOException if nobody decides any more: then it may not
     */
    FileRuling rule(FileReport report) throws IOException;

    /**
     * Has it recorded, in time.
     *
     * @throws IOException if nobody records any more
     */
    void tell(FileReport report) throws IOException;

    /**
     * Says that a shadow copy, or the reason why there is none, lies in its folder.
     *
     * @throws IOException if nobody sends it any more; then it stays for the next run of the service
     */
    void shadowDone(ShadowOrder order) throws IOException;

    /** Whether content is asked for, so that nothing may reach a medium before it has been decided. */
    boolean asksForContent();
}
