package org.sekisho.agent.local;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sekisho.agent.channel.DesktopSession;

/**
 * What a helper shows to prove that the service started it, and for which session. A ticket is good until the next one is
 * issued for the same session, so that a helper may reconnect. Thread-safe.
 */
public final class Tickets {
    /** desktop.proto, DesktopHello.ticket. */
    public static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    private record Issued(DesktopSession session, ByteString ticket) {}

    /** A new ticket; the one before for this session is worth nothing from now on. */
    public byte[] issue(DesktopSession session) {
        byte[] ticket = new byte[BYTES];
        random.nextBytes(ticket);
        issued.put(session.id(), new Issued(session, ByteString.copyFrom(ticket)));
        return ticket;
    }

    /** A ticket that an earlier run of the service issued is good again. */
    public void restore(DesktopSession session, ByteString ticket) {
        issued.put(session.id(), new Issued(session, ticket));
    }

    /** The session's ticket is worth nothing from now on. */
    public void withdraw(String session) {
        issued.remove(session);
    }

    /** The session that the ticket was issued for; empty if it is not the present one of that session. */
    public Optional<DesktopSession> check(String session, ByteString ticket) {
        return Optional.ofNullable(issued.get(session))
                .filter(present -> MessageDigest.isEqual(present.ticket().toByteArray(), ticket.toByteArray()))
                .map(Issued::session);
    }
}
