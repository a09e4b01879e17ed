package org.sekisho.control.passkey;

import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * For whom passkeys are made: the domain that they are bound to, and the addresses under which a page may use them.
 *
 * @param id a domain name (Web Authentication, 5.1.2: no address)
 */
public record RelyingParty(String id, Set<String> origins) {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]|.*:.*");

    /** Copied. */
    public RelyingParty {
        origins = Set.copyOf(origins);
    }

    /**
     * With this domain, used at these addresses.
     *
     * @throws IllegalArgumentException if a page at one of them could never use the domain's passkeys
     */
    public static RelyingParty of(String domain, Set<URI> addresses) {
        String id = domain.toLowerCase(Locale.ROOT);
        for (URI address : addresses) {
            String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
            if (!"https".equals(address.getScheme()) || !(host.equals(id) || host.endsWith("." + id))) {
                throw new IllegalArgumentException("Passkeys of the domain " + id + " can't be used at " + address
                        + ": it must be https:// with that host name or one below; see sekisho.sign-in.domain");
            }
        }
        return new RelyingParty(id, addresses.stream().map(RelyingParty::origin).collect(Collectors.toSet()));
    }

    /** Whether browsers make passkeys for it: not for an address in place of a name. */
    public boolean isNamed() {
        return !ADDRESS.matcher(id).matches();
    }

    /** As RFC 6454 writes it: without the scheme's own port. */
    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getHost().toLowerCase(Locale.ROOT)
                + (address.getPort() < 0 || address.getPort() == 443 ? "" : ":" + address.getPort());
    }

    ServerProperty answering(byte[] challenge) {
        return new ServerProperty(
                origins.stream().map(Origin::create).collect(Collectors.toSet()), id, new DefaultChallenge(challenge));
    }
}
