package org.sekisho.agent.uplink;

import java.util.function.Consumer;
import org.sekisho.v1.Command;
import org.sekisho.v1.CommandAck;
import org.sekisho.v1.PermitAck;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.Signed;
import org.sekisho.v1.Status;

/** What the uplink asks of the terminal that it stands for. Called on the uplink's loop; must not block. */
public interface TerminalDuties {

    /** What the terminal runs. 0: no policy. */
    long runningRevision();

    /** How the terminal stands. */
    Status status();

    /**
     * A policy has arrived. Whatever becomes of it is told to {@code answer}, on any thread, one message for each state
     * that is reached.
     */
    void policyArrived(Signed policy, Consumer<PolicyAck> answer);

    /**
     * A command has arrived. Told to {@code answer}, on any thread: that it was delivered, and what became of it.
     */
    void commandArrived(Command command, Consumer<CommandAck> answer);

    /** Revision of the permit book that the terminal holds. 0: none. */
    long permitsRevision();

    /** Revision of the media register that the terminal holds. 0: none. */
    long mediaRegisterRevision();

    /** A permit book has arrived. What becomes of it is told to {@code answer}, once, on any thread. */
    void permitsArrived(Signed permits, Consumer<PermitAck> answer);

    /** A media register has arrived. What becomes of it is told to {@code answer}, once, on any thread. */
    void mediaRegisterArrived(Signed register, Consumer<PermitAck> answer);

    /** The server has just said what time it is, in microseconds since the epoch. */
    void serverTime(long micros);

    /** The server says to which division the terminal belongs; a path, empty if to none. */
    void assigned(String orgUnit);

    /** The server has become reachable, or has ceased to be. */
    void connected(boolean online);
}
