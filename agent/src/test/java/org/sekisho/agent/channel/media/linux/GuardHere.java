package org.sekisho.agent.channel.media.linux;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sekisho.agent.channel.AttemptDesk;
import org.sekisho.agent.channel.DesktopSession;
import org.sekisho.agent.channel.PersonDesk;
import org.sekisho.agent.channel.media.MediaGuard;
import org.sekisho.agent.channel.media.MediaParts;
import org.sekisho.agent.channel.media.MediaRegister;
import org.sekisho.agent.channel.media.MediaVolume;
import org.sekisho.agent.channel.media.VolumeListener;
import org.sekisho.agent.schedule.ThreadLoop;
import org.sekisho.policy.Permits;
import org.sekisho.policy.PolicyDecider;
import org.sekisho.policy.PolicyDocument;
import org.sekisho.v1.Attempt;
import org.sekisho.v1.Circumstances;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Enforcement;
import org.sekisho.v1.LoginState;
import org.sekisho.v1.MediaSubject;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Policy;
import org.sekisho.v1.Verdict;

/**
 * Guards the devices of the machine that it runs on, and says on standard output what it does: for virtual machines, whose
 * kernel is real. Each line on standard input names a policy's file to put in force; it ends with the input.
 */
public final class GuardHere implements AttemptDesk, VolumeListener {
    private static final DesktopSession PERSON = new DesktopSession(":0", "alice", List.of());

    private volatile Policy policy = Policy.getDefaultInstance();
    private volatile PolicyDecider decider = PolicyDecider.failClosed();

    private GuardHere() {}

    public static void main(String[] arguments) throws Exception {
        GuardHere here = new GuardHere();
        try (ThreadLoop loop = new ThreadLoop("media");
                MediaGuard guard = new MediaGuard(
                        loop,
                        new MediaParts(
                                LinuxDeviceBus.ofThisMachine(),
                                here,
                                MediaRegister.empty(),
                                here,
                                PersonDesk.nobody(),
                                () -> PERSON,
                                tampered -> say("tampered " + tampered.getWhat() + ": " + tampered.getDetail()),
                                instance -> say("departed " + instance),
                                false));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            guard.onStateChange(state -> say("state " + state.getMode() + " " + state.getDetail()));
            say("committed " + guard.prepare(here.policy).commit().getMode());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                here.policy =
                        PolicyDocument.parse(Files.readString(Path.of(line))).policy();
                here.decider = PolicyDecider.of(here.policy);
                say("committed " + guard.prepare(here.policy).commit().getMode());
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    @Override
    public Ruling rule(DesktopSession session, Attempt attempt) {
        Circumstances circumstances = Circumstances.newBuilder()
                .setTerminal("here")
                .setUser(session.user())
                .setLogin(LoginState.PASSWORD)
                .build();
        Decision decision = decider.decide(Permits.NONE, circumstances, attempt);
        boolean mild = decision.getVerdict() == Verdict.ALLOW || decision.getVerdict() == Verdict.AUDIT;
        return new Ruling(
                decision,
                mild || policy.getAuditOnly(),
                decision.getVerdict() == Verdict.JUSTIFY,
                Notice.getDefaultInstance());
    }

    @Override
    public void record(
            DesktopSession session, Attempt attempt, Decision decision, Enforcement enforcement, String justification) {
        MediaSubject media = attempt.getMedia();
        say("record %s %s %s rule=%s %s %s serial=%s functions=%s %s %s %s"
                .formatted(
                        media.getInstance(),
                        media.getMediaClass(),
                        decision.getVerdict(),
                        decision.getRule(),
                        decision.getReason(),
                        enforcement,
                        media.getSerial(),
                        media.getFunctionsList(),
                        media.getEncryption(),
                        media.getSuspicionsList(),
                        decision.getFailure()));
    }

    @Override
    public void appeared(MediaVolume volume) {
        say("appeared " + volume.name() + (volume.readOnly() ? " ro" : " rw"));
    }

    @Override
    public void withdrawn(MediaVolume volume) {
        say("withdrawn " + volume.name());
    }
}
