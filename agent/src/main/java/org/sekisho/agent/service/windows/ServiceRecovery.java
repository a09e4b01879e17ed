package org.sekisho.agent.service.windows;

import com.sun.jna.platform.win32.W32Service;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.Winsvc;
import com.sun.jna.platform.win32.Winsvc.SC_ACTION;
import com.sun.jna.platform.win32.Winsvc.SC_HANDLE;
import com.sun.jna.platform.win32.Winsvc.SERVICE_FAILURE_ACTIONS;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sekisho.agent.os.windows.Win32Failure;

/** What Windows does when the service ends without being told to: it starts it again, however often. */
final class ServiceRecovery {
    /** At once, then more slowly, so that a service that can't start does not take the machine. The last one repeats. */
    private static final List<Duration> RESTARTS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));
    /** After an hour without a failure the first delay holds again. */
    private static final Duration FORGET = Duration.ofHours(1);

    private ServiceRecovery() {}

    /** Sets it, and reads it back. */
    static void set(SC_HANDLE handle) throws IOException {
        // Not closed: the handle is the caller's.
        W32Service service = new W32Service(handle);
        try {
            service.setFailureActions(actions(), (int) FORGET.toSeconds(), "", "");
            service.setFailureActionsFlag(true);
            check(service.getFailureActions());
            if (!service.getFailureActionsFlag()) {
                throw new IOException("Windows would not restart a service that ends with an error");
            }
        } catch (Win32Exception failed) {
            throw new Win32Failure("setting the service's recovery", failed.getErrorCode());
        }
    }

    private static List<SC_ACTION> actions() {
        List<SC_ACTION> actions = new ArrayList<>();
        for (Duration delay : RESTARTS) {
            SC_ACTION action = new SC_ACTION();
            action.type = Winsvc.SC_ACTION_RESTART;
            action.delay = (int) delay.toMillis();
            actions.add(action);
        }
        return actions;
    }

    private static void check(SERVICE_FAILURE_ACTIONS found) throws IOException {
        if (found.cActions != RESTARTS.size() || found.lpsaActions == null) {
            throw new IOException("Windows keeps %d of %d restarts".formatted(found.cActions, RESTARTS.size()));
        }
        SC_ACTION[] actions = (SC_ACTION[]) found.lpsaActions.toArray(found.cActions);
        for (int i = 0; i < actions.length; i++) {
            if (actions[i].type != Winsvc.SC_ACTION_RESTART
                    || actions[i].delay != RESTARTS.get(i).toMillis()) {
                throw new IOException("Windows keeps another action for failure " + (i + 1));
            }
        }
    }
}
