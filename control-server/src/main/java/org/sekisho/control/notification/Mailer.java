package org.sekisho.control.notification;

import jakarta.inject.Singleton;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.export.ReceiverTrust;

/**
 * Hands mail to a server (SMTP, RFC 5321) over TLS, whose certificate must fit its name: without TLS nothing is said, not even
 * the password. Returned without an exception: the server has taken the mail. Thread-safe.
 */
@Singleton
class Mailer {
    /** A server that says nothing for so long is given up. */
    private static final String TIMEOUT_MILLIS = "10000";

    /** Sends one. */
    void send(MailServer server, String address, MailText text) throws MessagingException, IOException {
        Session session = Session.getInstance(properties(server), authenticator(server));
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(server.sender()));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address));
        message.setSubject(text.subject(), StandardCharsets.UTF_8.name());
        message.setText(text.body(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(Instant.now()));
        // So that nobody's holiday notice comes back (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        Transport.send(message);
    }

    private static Properties properties(MailServer server) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", String.valueOf(server.port()));
        properties.setProperty("mail.smtp.auth", String.valueOf(server.user() != null));
        properties.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.timeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.writetimeout", TIMEOUT_MILLIS);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        properties.put(
                "mail.smtp.ssl.socketFactory", ReceiverTrust.of(server.anchor()).getSocketFactory());
        switch (server.security()) {
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
        }
        return properties;
    }

    private static @Nullable Authenticator authenticator(MailServer server) {
        if (server.user() == null) {
            return null;
        }
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(server.user(), server.password() == null ? "" : server.password());
            }
        };
    }

    /** What went wrong, in one line, with what lies beneath it. */
    static String reason(Exception failure) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause = failure; cause != null && said.length() < 400; cause = cause.getCause()) {
            said.append(said.isEmpty() ? "" : " <- ")
                    .append(cause.getClass().getSimpleName())
                    .append(": ")
                    .append(String.valueOf(cause.getMessage()).replaceAll("\\s+", " "));
        }
        return said.toString();
    }
}
