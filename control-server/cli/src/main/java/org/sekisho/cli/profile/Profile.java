package org.sekisho.cli.profile;

import java.net.URI;

/**
 * A stored sign-in.
 *
 * @param server the server's address, {@code https://host:port}
 * @param token an operator's bearer token; secret; empty: nobody's yet
 * @param caPem the certificate authorities that may vouch for the server, as PEM; copied at sign-in, so that a later change
 *     to the file doesn't change whom this profile trusts
 */
public record Profile(URI server, String token, String caPem) {
    /** Leaves the token out. */
    @Override
    public String toString() {
        return "Profile[server=" + server + "]";
    }
}
