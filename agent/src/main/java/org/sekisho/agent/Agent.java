package org.sekisho.agent;

import com.google.protobuf.ByteString;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.channel.ChannelGuard;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.UnsupportedChannel;
import org.sekisho.agent.channel.clipboard.ClipboardGuard;
import org.sekisho.agent.channel.media.MediaGuard;
import org.sekisho.agent.channel.media.MediaParts;
import org.sekisho.agent.channel.media.VolumeListener;
import org.sekisho.agent.channel.media.files.CheckedMounts;
import org.sekisho.agent.command.CommandDesk;
import org.sekisho.agent.desktop.DesktopSupervisor;
import org.sekisho.agent.desktop.SupervisedGuard;
import org.sekisho.agent.desktop.SupervisorParts;
import org.sekisho.agent.journal.Journal;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.agent.local.LocalConnection.Peer;
import org.sekisho.agent.local.LocalEnds;
import org.sekisho.agent.local.LocalListener;
import org.sekisho.agent.local.LocalServer;
import org.sekisho.agent.local.Tickets;
import org.sekisho.agent.policy.OrgAssignment;
import org.sekisho.agent.policy.PolicyDesk;
import org.sekisho.agent.policy.PolicySwitch;
import org.sekisho.agent.posture.AgentVersion;
import org.sekisho.agent.posture.InventoryProcess;
import org.sekisho.agent.posture.InventoryReader;
import org.sekisho.agent.posture.LiveInventory;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.agent.uplink.Backoff;
import org.sekisho.agent.uplink.Identity;
import org.sekisho.agent.uplink.LiveIdentity;
import org.sekisho.agent.uplink.OkHttpTransport;
import org.sekisho.agent.uplink.ShadowUploads;
import org.sekisho.agent.uplink.TerminalChannels;
import org.sekisho.agent.uplink.Uplink;
import org.sekisho.agent.uplink.UplinkParts;
import org.sekisho.policy.PolicyVerifier;
import org.sekisho.v1.AgentStarted;
import org.sekisho.v1.AgentStopped;
import org.sekisho.v1.Channel;
import org.sekisho.v1.DesktopWelcome;
import org.sekisho.v1.Enrolled;
import org.sekisho.v1.Event;
import org.sekisho.v1.StatusAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's service, wired: the only place that knows all rooms. One at a time works on a state folder; the journal sees
 * to that. Starting denies before it connects; stopping records why and signs it.
 */
public final class Agent {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    private static final List<Channel> NOT_YET =
            List.of(Channel.PRINT, Channel.NETWORK, Channel.PROGRAM, Channel.SCREEN);

    private final AgentConfig config;
    private final LiveIdentity identity;
    private final Journal journal;
    private final EventRecorder events;
    private final AtomicBoolean online = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final LiveInventory inventory = new LiveInventory(new InventoryProcess(Main.class.getName()));
    /** Does nothing while the agent is put together: guards tell of their state before there is an uplink. */
    private volatile Runnable tellStatus = () -> {};

    private final AgentLoops loops = AgentLoops.start();
    private final Tickets tickets = new Tickets();
    private final ClipboardGuard clipboard;
    private final CheckedMounts mounts;
    private final ChannelGuard media;
    private final List<ChannelGuard> guards;
    private final PolicySwitch policies;
    private final CommandDesk commands;
    private final AgentPermits permits;
    private final DesktopSupervisor desktops;
    private final LocalServer local;
    private final ShadowUploads uploads;
    private final Uplink uplink;

    private Agent(
            AgentConfig config,
            AgentPlatform platform,
            AgentStore store,
            LiveIdentity identity,
            LocalListener listener,
            Journal journal)
            throws IOException {
        this.config = config;
        this.identity = identity;
        Identity self = identity.current();
        String host = InventoryReader.host();
        this.journal = journal;
        this.events = new EventRecorder(journal);
        OrgAssignment assignment = store.assignment(self, loops.policy()::execute);
        ChannelWatch watch = new ChannelWatch(events, this::statusChanged);
        this.permits = store.permits(self, loops.policy(), events, this::permitsChanged);
        AttemptDesk desk = new PolicyDesk(
                () -> policies().running(),
                permits.held(),
                events,
                online::get,
                assignment::orgUnit,
                Clock.systemUTC(),
                self.terminal(),
                host);
        this.clipboard = new ClipboardGuard(desk, platform.programs(), config.clipboardMaxBytes());
        ShadowFolder shadows = store.shadows(self);
        this.mounts = mounts(desk, platform, shadows);
        this.media = media(desk, platform);
        SupervisedGuard supervised =
                new SupervisedGuard(clipboard, () -> desktops().unguarded());
        this.guards = guards(supervised);
        this.policies = new PolicySwitch(
                loops.policy(),
                store.policies(self),
                store.isolation(self),
                new PolicyVerifier(
                        self.policyKeys(),
                        self.tenant(),
                        Set.of("segment:" + self.segment().name(), "terminal:" + self.terminal())),
                guards,
                events,
                this::policyChanged);
        this.desktops = new DesktopSupervisor(new SupervisorParts(
                loops.desktop(),
                platform.sessions(),
                tickets,
                store.helpers(),
                clipboard::silence,
                gap -> events.accept(Event.newBuilder().setDesktopGap(gap)),
                supervised::supervisionChanged));
        this.local = new LocalServer(
                listener, loops.local(), tickets, platform.mayHelp(), this::serveHelper, this::statusFor);
        this.commands =
                store.commands(self, policies, () -> inventory.read(this::statusChanged), clipboard::tell, events);
        SecureRandom random = new SecureRandom();
        TerminalChannels channels = new TerminalChannels(config.pingEvery());
        this.uploads =
                new ShadowUploads(channels, identity, shadows, online::get, loops.uplink(), backoff(config, random));
        shadows.onWaiting(uploads::wake);
        this.uplink = new Uplink(
                loops.uplink(),
                new UplinkParts(
                        new OkHttpTransport(channels),
                        identity,
                        new JournalOutbox(journal),
                        new AgentDuties(policies, permits, assignment, commands, inventory, online, uploads),
                        AgentVersion.current(),
                        journal.boot()),
                backoff(config, random),
                random);
        tellStatus = uplink::statusChanged;
        guards.forEach(guard -> guard.onStateChange(watch));
    }

    /**
     * Starts the agent. On return the last good policy is in force, or everything is denied; the server is tried for in the
     * background.
     *
     * @throws AgentException if the terminal is not enrolled, or something is in the way
     */
    public static Agent start(AgentConfig config) throws AgentException {
        String address = LocalEnds.address(config.runtimeDir());
        try {
            return start(config, AgentPlatform.ofThisOne(config, address), address);
        } catch (IOException e) {
            throw new AgentException("the desktop sessions can't be watched: " + e.getMessage(), e);
        }
    }

    static Agent start(AgentConfig config, AgentPlatform platform, String address) throws AgentException {
        try {
            AgentStore store = new AgentStore(config);
            Identity identity = store.identities()
                    .load()
                    .orElseThrow(() -> new AgentException(
                            "this terminal is not enrolled; run `sekisho-agent enroll` first", true));
            return start(config, platform, store, new LiveIdentity(store.identities(), identity), address);
        } catch (IOException | RuntimeException e) {
            throw new AgentException("the agent can't start: " + e.getMessage(), e);
        }
    }

    private static Agent start(
            AgentConfig config, AgentPlatform platform, AgentStore store, LiveIdentity identity, String address)
            throws IOException {
        LocalListener listener = LocalEnds.listen(address);
        try {
            Journal journal = store.journal(identity);
            try {
                Agent agent = new Agent(config, platform, store, identity, listener, journal);
                agent.begin();
                return agent;
            } catch (IOException | RuntimeException e) {
                journal.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** The terminal's id. */
    public String terminal() {
        return identity.current().terminal();
    }

    /** How the agent stands, all of it. */
    public StatusAnswer status() {
        return StatusAnswer.newBuilder()
                .setTerminal(terminal())
                .setServer(identity.current().grpcTarget().toString())
                .setConnected(online.get())
                .setRunningRevision(policies.revision())
                .setBacklog(journal.backlog())
                .addAllChannels(policies.channelStates())
                .addAllSessions(desktops.sessions())
                .setAgentVersion(AgentVersion.current())
                .build();
    }

    /** Runs {@code then} only if every loop of the agent still runs its tasks; for a watchdog. */
    public void ifAlive(Runnable then) {
        loops.ifAlive(then);
    }

    /** Looks for new desktop sessions now. */
    public void sessionsChanged() {
        desktops.look();
    }

    /**
     * Stops: helpers first, then the record of it, then all else. More than once is harmless.
     *
     * @param cause for the record, such as {@code SIGTERM}
     */
    public void stop(String cause) {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        LOG.info("stopping: {}", cause);
        commands.close();
        desktops.close();
        local.close();
        guards.forEach(ChannelGuard::close);
        mounts.close();
        try {
            events.accept(
                    Event.newBuilder().setAgentStopped(AgentStopped.newBuilder().setCause(cause)));
        } catch (RuntimeException e) {
            LOG.error("the stop could not be recorded; the next start will take it for a crash", e);
        }
        uploads.close();
        uplink.close();
        loops.policy().close();
        loops.media().close();
        loops.local().close();
        journal.close();
    }

    private void begin() throws IOException {
        if (journal.head().seq() == 0) {
            events.accept(Event.newBuilder()
                    .setEnrolled(Enrolled.newBuilder()
                            .setServer(identity.current().server())
                            .setCertificateSha256(identity.current().certificateSha256())));
        }
        journal.opening().damage().ifPresent(damage -> LOG.error("the journal was damaged: {}", damage));
        permits.start();
        policies.start();
        events.accept(Event.newBuilder()
                .setAgentStarted(AgentStarted.newBuilder()
                        .setAgentVersion(AgentVersion.current())
                        .setRevision(policies.revision())
                        .setAfterCrash(
                                journal.opening().afterCrash() && journal.head().seq() > 1)));
        // Tickets of helpers that outlived the last run are good again before those helpers reconnect.
        desktops.start();
        local.start();
        uplink.start();
        inventory.read(this::statusChanged);
    }

    private List<ChannelGuard> guards(ChannelGuard supervised) {
        List<ChannelGuard> all = new ArrayList<>();
        all.add(supervised);
        all.add(media);
        NOT_YET.forEach(channel -> all.add(new UnsupportedChannel(channel, "this version does not guard it")));
        return List.copyOf(all);
    }

    private ChannelGuard media(AttemptDesk desk, AgentPlatform platform) {
        try {
            return new MediaGuard(
                    loops.media(),
                    new MediaParts(
                            platform.devices().open(),
                            desk,
                            permits.register(),
                            Platform.isLinux() ? mounts : VolumeListener.none(),
                            clipboard,
                            new PersonInFront(platform.sessions()),
                            tampered -> events.accept(Event.newBuilder().setTampered(tampered)),
                            permits.held()::unplugged,
                            !config.mediaEnforce()));
        } catch (ChannelException e) {
            return new UnsupportedChannel(Channel.MEDIA, String.valueOf(e.getMessage()));
        }
    }

    /** What is plugged in falls under the permits and the register as they are now, at once. */
    private void permitsChanged() {
        mounts.policyChanged();
        if (media instanceof MediaGuard guard) {
            guard.reconsider();
        }
    }

    private void serveHelper(DesktopSession session, LocalConnection connection) throws IOException {
        desktops.admitted(session.id());
        clipboard.serve(
                session,
                connection,
                DesktopWelcome.newBuilder()
                        .setFingerprintKey(
                                ByteString.copyFrom(identity.current().fingerprintKey()))
                        .setLanguage(config.language().getLanguage())
                        .build());
    }

    private StatusAnswer statusFor(Peer peer) {
        return StatusReport.of(status(), peer, System.getProperty("user.name", ""));
    }

    private static Backoff backoff(AgentConfig config, SecureRandom random) {
        return new Backoff(config.backoffFirst(), config.backoffCap(), random);
    }

    private CheckedMounts mounts(AttemptDesk desk, AgentPlatform platform, ShadowFolder shadows) throws IOException {
        Path spool = config.stateDir().resolve("media-spool");
        Files.createDirectories(spool);
        return CheckedMounts.of(new CheckedMounts.Parts(
                desk,
                platform.programs()::identify,
                () -> policies().running().policy(),
                permits.held()::areForFiles,
                clipboard,
                () -> ByteString.copyFrom(identity.current().fingerprintKey()),
                tampered -> events.accept(Event.newBuilder().setTampered(tampered)),
                spool,
                shadows));
    }

    private void policyChanged() {
        mounts.policyChanged();
        statusChanged();
    }

    private void statusChanged() {
        tellStatus.run();
    }

    private PolicySwitch policies() {
        return policies;
    }

    private DesktopSupervisor desktops() {
        return desktops;
    }
}
