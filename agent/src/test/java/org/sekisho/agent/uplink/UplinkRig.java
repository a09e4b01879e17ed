package org.sekisho.agent.uplink;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.sekisho.agent.schedule.ManualLoop;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.v1.Command;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.CommandState;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.Signed;
import org.sekisho.v1.Status;

/** An uplink with a hand-turned clock, a scripted server and an outbox in memory. */
final class UplinkRig implements TerminalDuties {
    final ManualLoop loop = new ManualLoop();
    final ScriptedServer server = new ScriptedServer();
    final ListOutbox outbox = new ListOutbox();
    final TestAuthority authority = new TestAuthority(loop.now());
    final List<Boolean> connected = new ArrayList<>();
    final List<Signed> policies = new ArrayList<>();
    final List<Consumer<PolicyAck>> answers = new ArrayList<>();
    final IdentityVault vault;
    final LiveIdentity identity;
    final Uplink uplink;
    final List<Command> commands = new ArrayList<>();
    final List<String> orgUnits = new ArrayList<>();
    long runningRevision;

    UplinkRig(Path stateDir, Duration certificateLife) throws Exception {
        vault = new IdentityVault(SecretStore.forPlatform(stateDir));
        Identity first =
                authority.identity("terminal-7", "localhost:1", loop.now().plus(certificateLife));
        vault.save(first, loop.now());
        identity = new LiveIdentity(vault, first);
        Random random = new Random(7);
        uplink = new Uplink(
                loop,
                new UplinkParts(server, identity, outbox, this, "1.2.3", ByteString.copyFrom(new byte[16])),
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), random),
                random);
    }

    ScriptedServer.Stream connect() {
        uplink.start();
        loop.run();
        return server.latest();
    }

    ScriptedServer.Stream connect(int events, int bytes) {
        ScriptedServer.Stream stream = connect();
        stream.welcome(0, events, bytes);
        loop.run();
        return stream;
    }

    @Override
    public long runningRevision() {
        return runningRevision;
    }

    @Override
    public Status status() {
        return Status.getDefaultInstance();
    }

    @Override
    public void policyArrived(Signed policy, Consumer<PolicyAck> answer) {
        policies.add(policy);
        answers.add(answer);
    }

    @Override
    public void commandArrived(Command command, Consumer<CommandAck> answer) {
        commands.add(command);
        answer.accept(CommandAck.newBuilder()
                .setNumber(command.getNumber())
                .setState(CommandState.COMMAND_DONE)
                .build());
    }

    @Override
    public long permitsRevision() {
        return 0;
    }

    @Override
    public long mediaRegisterRevision() {
        return 0;
    }

    @Override
    public void permitsArrived(Signed permits, Consumer<PermitAck> answer) {
        answer.accept(
                PermitAck.newBuilder().setDocument(DocumentKind.PERMIT_BOOK).build());
    }

    @Override
    public void mediaRegisterArrived(Signed register, Consumer<PermitAck> answer) {
        answer.accept(
                PermitAck.newBuilder().setDocument(DocumentKind.MEDIA_REGISTER).build());
    }

    @Override
    public void serverTime(long micros) {}

    @Override
    public void assigned(String orgUnit) {
        orgUnits.add(orgUnit);
    }

    @Override
    public void connected(boolean online) {
        connected.add(online);
    }
}
