package org.sekisho.control.notification;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sekisho.control.testing.TestKeys;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** A real mail server on a real socket; whoever wants to send signs in. */
final class TestMailServer implements AutoCloseable {
    static final String USER = "sekisho";
    static final String PASSWORD = "mail-secret-9f2c";

    private final SMTPServer server;
    private final List<byte[]> taken;

    private TestMailServer(SMTPServer server, List<byte[]> taken) {
        this.server = server;
        this.taken = taken;
        server.start();
    }

    /** TLS from the first byte; port 0: a free one. */
    static TestMailServer tls(TestKeys keys, int port) throws IOException, GeneralSecurityException {
        List<byte[]> taken = new CopyOnWriteArrayList<>();
        return new TestMailServer(
                common(taken, port).serverSocketFactory(keys.context()).build(), taken);
    }

    /** Plain at first; nothing is taken, nor a password listened to, before STARTTLS. */
    static TestMailServer startTls(TestKeys keys) throws IOException, GeneralSecurityException {
        List<byte[]> taken = new CopyOnWriteArrayList<>();
        return new TestMailServer(
                common(taken, 0)
                        .enableTLS()
                        .requireTLS()
                        .startTlsSocketFactory(keys.context())
                        .build(),
                taken);
    }

    /** Without any TLS. */
    static TestMailServer plain() {
        List<byte[]> taken = new CopyOnWriteArrayList<>();
        return new TestMailServer(common(taken, 0).build(), taken);
    }

    private static SMTPServer.Builder common(List<byte[]> taken, int port) {
        return new SMTPServer.Builder()
                .bindAddress(InetAddress.getLoopbackAddress())
                .port(port)
                .requireAuth()
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals(USER) || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                    }
                }))
                .messageHandler((context, from, to, mail) -> taken.add(mail));
    }

    int port() {
        return server.getPortAllocated();
    }

    List<MimeMessage> taken() throws MessagingException {
        List<MimeMessage> messages = new ArrayList<>();
        for (byte[] mail : taken) {
            messages.add(new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
        }
        return messages;
    }

    @Override
    public void close() {
        server.stop();
    }
}
