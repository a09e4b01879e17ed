package org.sekisho.agent.channel.media;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.sekisho.agent.channel.DesktopSession;

/** One device, whose person, and what was decided about each of its classes. */
record Matter(Standing standing, DesktopSession person, List<ClassRuling> decided) {
    RemovableDevice device() {
        return standing.asRead();
    }

    /** The functions that are to be let in. */
    Set<String> functions() {
        return MediaRulings.functions(standing.device(), decided);
    }

    List<ClassRuling> those(Predicate<ClassRuling> which) {
        return decided.stream().filter(which).toList();
    }
}
