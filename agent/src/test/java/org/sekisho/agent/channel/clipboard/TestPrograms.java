package org.sekisho.agent.channel.clipboard;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.v1.Process;

/** Processes as the test has them; each runs {@code /usr/bin/p} with its id behind, unless said otherwise. */
final class TestPrograms implements ProgramLookup {
    private final Map<Integer, String> paths = new ConcurrentHashMap<>();
    private final Set<Integer> helpers = ConcurrentHashMap.newKeySet();
    private final Set<Integer> identified = ConcurrentHashMap.newKeySet();

    /** From now on there is no such process. */
    void end(int pid) {
        paths.put(pid, "");
    }

    /** From now on the id is another program's. */
    void replace(int pid, String path) {
        paths.put(pid, path);
    }

    void helper(int pid) {
        helpers.add(pid);
    }

    /** Those that were looked at. */
    Set<Integer> identified() {
        return identified;
    }

    @Override
    public Process identify(Process seen) {
        Process found = seen.toBuilder()
                .setPath(paths.getOrDefault(seen.getPid(), "/usr/bin/p" + seen.getPid()))
                .build();
        identified.add(seen.getPid());
        return found;
    }

    @Override
    public Process heir(String session, Process ended, Set<Integer> clients) {
        return ended.toBuilder().setPath("/usr/bin/heir in " + session).build();
    }

    @Override
    public boolean isHelper(Process seen) {
        return helpers.contains(seen.getPid());
    }
}
