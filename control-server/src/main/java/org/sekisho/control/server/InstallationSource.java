package org.sekisho.control.server;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.pki.Installation;

/** Gives the features the installation's keys and the clock. */
@Singleton
final class InstallationSource {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Installation installation(ServerSettings settings, Clock clock) {
        return Installation.open(settings.data().resolve("pki"), settings.tenant(), clock);
    }
}
