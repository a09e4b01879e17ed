package org.sekisho.agent.posture;

import java.io.IOException;
import java.util.Optional;
import org.sekisho.agent.local.Frames;
import org.sekisho.agent.local.LocalConnection;
import org.sekisho.agent.local.LocalEnds;
import org.sekisho.v1.DesktopMessage;
import org.sekisho.v1.ServiceMessage;
import org.sekisho.v1.StatusAnswer;
import org.sekisho.v1.StatusQuery;

/** Asks the service of this terminal how it stands. */
public final class ServiceQuery {
    private ServiceQuery() {}

    /**
     * Asks.
     *
     * @param address as {@link LocalEnds#address}
     * @throws IOException if the service isn't reached or doesn't answer
     */
    public static StatusAnswer ask(String address) throws IOException {
        try (LocalConnection connection = LocalEnds.connect(address)) {
            Frames.write(
                    connection.out(),
                    DesktopMessage.newBuilder()
                            .setStatusQuery(StatusQuery.getDefaultInstance())
                            .build());
            Optional<ServiceMessage> answer = Frames.read(connection.in(), ServiceMessage.parser());
            return answer.filter(ServiceMessage::hasStatusAnswer)
                    .map(ServiceMessage::getStatusAnswer)
                    .orElseThrow(() -> new IOException(address + ": the service hung up without an answer"));
        }
    }
}
