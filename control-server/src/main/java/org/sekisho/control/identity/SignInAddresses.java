package org.sekisho.control.identity;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sekisho.control.passkey.RelyingParty;

/** Where people open the console, and what follows from that for links and passkeys. */
@Singleton
class SignInAddresses {
    private final URI publicUrl;
    private final RelyingParty party;

    @Inject
    SignInAddresses(
            SignInSettings settings,
            @ConfigProperty(name = "sekisho.public-url", defaultValue = "https://localhost:8443") URI publicUrl) {
        this.publicUrl = publicUrl;
        Set<URI> addresses = new LinkedHashSet<>();
        addresses.add(publicUrl);
        settings.origins().ifPresent(addresses::addAll);
        this.party = RelyingParty.of(settings.domain().orElse(String.valueOf(publicUrl.getHost())), addresses);
    }

    @Produces
    @Singleton
    RelyingParty party() {
        return party;
    }

    /** The console's page at this path. */
    String page(String path) {
        return publicUrl + path;
    }
}
