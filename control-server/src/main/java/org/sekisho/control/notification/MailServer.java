package org.sekisho.control.notification;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * By which server mail goes out.
 *
 * @param user null: no sign-in
 * @param sender mail address
 * @param anchor PEM of the authority that its certificate must come from; null: those that Java trusts
 */
record MailServer(
        String host,
        int port,
        Security security,
        @Nullable String user,
        @Nullable String password,
        String sender,
        @Nullable String anchor) {

    /** How the connection is kept from others. Never in clear. */
    @Schema(name = "MailSecurity")
    public enum Security {
        /** Demanded before anything is said. */
        STARTTLS,
        /** From the first byte. */
        TLS
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailServer[" + host + ":" + port + " " + security + "]";
    }
}
