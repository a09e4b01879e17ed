package org.sekisho.agent;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Platform;
import java.util.function.Predicate;
import org.sekisho.agent.channel.clipboard.LinuxPrograms;
import org.sekisho.agent.channel.clipboard.ProgramLookup;
import org.sekisho.agent.desktop.DesktopSessions;
import org.sekisho.agent.local.LocalConnection.Peer;

/**
 * What differs from one operating system to the next.
 *
 * @param sessions where helpers are needed, and how they are started
 * @param programs finds out about programs
 * @param mayHelp whether a peer runs under the helpers' account
 */
public record AgentPlatform(DesktopSessions sessions, ProgramLookup programs, Predicate<Peer> mayHelp) {
    public AgentPlatform {
        requireNonNull(sessions, "sessions is null");
        requireNonNull(programs, "programs is null");
        requireNonNull(mayHelp, "mayHelp is null");
    }

    /**
     * The platform that this process runs on.
     *
     * @param address where helpers connect
     */
    public static AgentPlatform ofThisOne(AgentConfig config, String address) {
        if (Platform.isWindows()) {
            return new AgentPlatform(new NoDesktops(), ProgramLookup.asSeen(), Peer::privileged);
        }
        String self = System.getProperty("user.name", "");
        boolean root = self.equals("root");
        // Without root the helper can only run under this service's own account.
        String helpers = root ? config.desktopUser() : self;
        return new AgentPlatform(
                new NoDesktops(), new LinuxPrograms(), peer -> peer.user().equals(helpers));
    }
}
