package org.sekisho.control.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Syslog over TLS with octet counting (RFC 5425). Syslog acknowledges nothing, so each batch has a connection of its own: we
 * end our side and wait for the receiver to end its, which it does when it has read everything. A receiver that dies before
 * resets the connection, and the batch is sent again.
 */
final class SyslogReceiver implements Receiver {
    private final Destination destination;
    private final SSLContext tls;
    private final String host;
    private final int port;

    SyslogReceiver(Destination destination) throws IOException {
        this.destination = destination;
        this.tls = ReceiverTrust.of(destination.anchor());
        int colon = destination.address().lastIndexOf(':');
        this.host = destination.address().substring(0, colon).replaceAll("[\\[\\]]", "");
        this.port = Integer.parseInt(destination.address().substring(colon + 1));
    }

    @Override
    public void take(List<ExportedEvent> events) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket()) {
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            SSLParameters parameters = socket.getSSLParameters();
            // The certificate must be the named host's (RFC 5425, 5.2).
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
            for (ExportedEvent event : events) {
                byte[] message = message(event).getBytes(StandardCharsets.UTF_8);
                out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
                out.write(message);
            }
            out.flush();
            socket.shutdownOutput();
            awaitEnd(socket);
        }
    }

    private static void awaitEnd(SSLSocket socket) throws IOException {
        // Receivers say nothing; whatever one says is passed over.
        byte[] said = new byte[256];
        int read = 0;
        while (read >= 0) {
            read = socket.getInputStream().read(said);
        }
    }

    private String message(ExportedEvent event) {
        return switch (destination.format()) {
            case PLAIN -> SyslogText.plain(event);
            case CEF -> SyslogText.of(event, "-", CefText.of(event));
            case OCSF -> SyslogText.of(event, "-", OcsfEvent.of(event).toString());
        };
    }
}
