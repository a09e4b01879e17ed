package org.sekisho.agent.channel.media.files;

import java.util.List;
import org.sekisho.agent.channel.media.files.fuse.Caller;
import org.sekisho.agent.content.extract.Reading;
import org.sekisho.v1.FileAct;
import org.sekisho.v1.Label;

/**
 * What somebody does with a file on a medium.
 *
 * @param name path on the volume, without a leading slash, not masked
 * @param oldName the same before a renaming; empty for all else
 * @param bytes size; 0 where it plays no part
 * @param sha256 of the content, lower-case hex; empty if there is none, or it was too large to be read
 * @param labels of the content and of the name
 */
record FileReport(
        FileAct act,
        String name,
        String oldName,
        long bytes,
        String sha256,
        List<Label> labels,
        Reading reading,
        Caller caller) {
    /** About the name alone. */
    static FileReport ofName(FileAct act, String name, String oldName, List<Label> labels, Caller caller) {
        return new FileReport(act, name, oldName, 0, "", labels, Reading.WHOLE, caller);
    }
}
