package org.sekisho.agent;

import static java.util.Objects.requireNonNull;

import com.sun.jna.Platform;
import java.io.IOException;
import java.util.function.Predicate;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.clipboard.LinuxPrograms;
import org.sekisho.agent.channel.clipboard.ProgramLookup;
import org.sekisho.agent.channel.media.DeviceBus;
import org.sekisho.agent.channel.media.linux.LinuxDeviceBus;
import org.sekisho.agent.desktop.DesktopSessions;
import org.sekisho.agent.desktop.LinuxDesktopSessions;
import org.sekisho.agent.desktop.WindowsDesktopSessions;
import org.sekisho.agent.local.LocalConnection.Peer;

/**
 * What differs from one operating system to the next.
 *
 * @param sessions where helpers are needed, and how they are started
 * @param programs finds out about programs
 * @param mayHelp whether a peer runs under the helpers' account
 * @param devices the removable devices
 */
public record AgentPlatform(
        DesktopSessions sessions, ProgramLookup programs, Predicate<Peer> mayHelp, Devices devices) {

    /** Finds the removable devices. */
    @FunctionalInterface
    public interface Devices {
        /**
         * The bus that they are on.
         *
         * @throws ChannelException if there is none here that can be guarded; says why
         */
        DeviceBus open() throws ChannelException;

        /** There are none. */
        static Devices none(String why) {
            return () -> {
                throw new ChannelException(why);
            };
        }
    }

    public AgentPlatform {
        requireNonNull(sessions, "sessions is null");
        requireNonNull(programs, "programs is null");
        requireNonNull(mayHelp, "mayHelp is null");
        requireNonNull(devices, "devices is null");
    }

    /**
     * The platform that this process runs on.
     *
     * @param address where helpers connect
     * @throws IOException if the desktop sessions can't be watched
     */
    public static AgentPlatform ofThisOne(AgentConfig config, String address) throws IOException {
        if (Platform.isWindows()) {
            return new AgentPlatform(
                    new WindowsDesktopSessions(address, config.stateDir().resolve("desktop"), Main.class.getName()),
                    ProgramLookup.asSeen(),
                    Peer::privileged,
                    Devices.none("this version does not guard it on Windows"));
        }
        DesktopSessions sessions = new LinuxDesktopSessions(
                String.join(",", config.desktopDisplays()), config.desktopDir(), address, Main.class.getName());
        return new AgentPlatform(
                sessions,
                new LinuxPrograms(LinuxDesktopSessions::accountNumber),
                peer -> peer.user().equals(LinuxDesktopSessions.ACCOUNT),
                LinuxDeviceBus::ofThisMachine);
    }
}
