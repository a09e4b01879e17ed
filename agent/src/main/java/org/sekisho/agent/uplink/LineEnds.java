package org.sekisho.agent.uplink;

import io.grpc.Status;
import java.security.cert.CertificateException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.sekisho.agent.uplink.TerminalTransport.LineEnd;

/** Sorts out why a stream ended, from what gRPC says of it. Pure. */
final class LineEnds {
    private LineEnds() {}

    static LineEnd of(String target, Status status) {
        String detail = "%s: %s%s".formatted(target, status.getCode(), why(status));
        return new LineEnd(
                switch (status.getCode()) {
                    case UNAUTHENTICATED, PERMISSION_DENIED -> LineEnd.Kind.REFUSED;
                    case UNAVAILABLE -> unavailable(status);
                    default -> LineEnd.Kind.ENDED;
                },
                detail);
    }

    private static LineEnd.Kind unavailable(Status status) {
        if (causes(status).anyMatch(CertificateException.class::isInstance)) {
            return LineEnd.Kind.NOT_TRUSTED;
        }
        // A server that does not accept our certificate says so by a TLS alert (RFC 8446 section 6).
        boolean alert = causes(status)
                .filter(SSLException.class::isInstance)
                .anyMatch(e -> String.valueOf(e.getMessage()).contains("fatal alert"));
        return alert ? LineEnd.Kind.REFUSED : LineEnd.Kind.UNREACHABLE;
    }

    private static String why(Status status) {
        StringBuilder why = new StringBuilder();
        if (status.getDescription() != null) {
            why.append(' ').append(status.getDescription());
        }
        causes(status)
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .reduce((first, last) -> last)
                .ifPresent(message -> why.append(" (").append(message).append(')'));
        return why.toString();
    }

    private static Stream<Throwable> causes(Status status) {
        return Stream.iterate(status.getCause(), t -> t != null, Throwable::getCause)
                .limit(16);
    }
}
