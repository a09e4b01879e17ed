package org.sekisho.agent;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.sekisho.agent.command.CommandDesk;
import org.sekisho.agent.policy.OrgAssignment;
import org.sekisho.agent.policy.PolicySwitch;
import org.sekisho.agent.posture.LiveInventory;
import org.sekisho.agent.uplink.ShadowUploads;
import org.sekisho.agent.uplink.TerminalDuties;
import org.sekisho.v1.Command;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.Signed;
import org.sekisho.v1.Status;

/** What the uplink asks of this terminal. */
record AgentDuties(
        PolicySwitch policies,
        AgentPermits permits,
        OrgAssignment assignment,
        CommandDesk commands,
        LiveInventory inventory,
        AtomicBoolean online,
        ShadowUploads shadows)
        implements TerminalDuties {
    @Override
    public long runningRevision() {
        return policies.revision();
    }

    @Override
    public Status status() {
        return Status.newBuilder()
                .addAllChannels(policies.channelStates())
                .setInventory(inventory.current())
                .setIsolated(policies.isIsolated())
                .build();
    }

    @Override
    public void policyArrived(Signed policy, Consumer<PolicyAck> answer) {
        policies.arrived(policy, answer);
    }

    @Override
    public void commandArrived(Command command, Consumer<CommandAck> answer) {
        commands.arrived(command, answer);
    }

    @Override
    public long permitsRevision() {
        return permits.held().revision();
    }

    @Override
    public long mediaRegisterRevision() {
        return permits.register().revision();
    }

    @Override
    public void permitsArrived(Signed book, Consumer<PermitAck> answer) {
        permits.held().arrived(book, answer);
    }

    @Override
    public void mediaRegisterArrived(Signed register, Consumer<PermitAck> answer) {
        permits.register().arrived(register, answer);
    }

    @Override
    public void serverTime(long micros) {
        permits.held().serverTime(micros);
    }

    @Override
    public void assigned(String orgUnit) {
        assignment.assign(orgUnit);
    }

    @Override
    public void connected(boolean now) {
        online.set(now);
        shadows.wake();
    }
}
