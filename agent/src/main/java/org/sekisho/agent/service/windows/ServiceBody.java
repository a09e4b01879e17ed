package org.sekisho.agent.service.windows;

/** What runs as a service. {@link #stop} and {@link #sessionsChanged} are called on threads of Windows' and must not block. */
public interface ServiceBody {

    /**
     * Runs until {@link #stop}.
     *
     * @param started to be run once, when the service does its work; until then Windows is told that it is starting
     * @throws Exception if it can't go on; Windows is told, and starts it again
     */
    void run(Runnable started) throws Exception;

    /**
     * Has {@link #run} return soon. Also before {@code started}, and more than once.
     *
     * @param cause who asked: {@code SERVICE_CONTROL_STOP}, {@code SERVICE_CONTROL_PRESHUTDOWN} or {@code
     *     SERVICE_CONTROL_SHUTDOWN}
     */
    void stop(String cause);

    /** Somebody logged on or off, locked, unlocked, connected or disconnected. */
    void sessionsChanged();
}
