package org.sekisho.control.pki;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.sekisho.control.ServerSettings;

/**
 * Renews the server's own certificate while it runs, and has HTTPS take the new one; the terminals' port hears of it by
 * {@link ServerCertificateRenewed}. Connections that stand go on as they are. Where several replicas share a name, each
 * has a certificate of its own.
 */
@Singleton
class ServerCertificateKeeper {
    private static final Logger LOG = Logger.getLogger(ServerCertificateKeeper.class);
    /** A third of the life is months: an hour more or less is nothing, and a look costs a read of two files. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    /** Of a life that is shorter than usual, so that several looks fall into its last third. */
    private static final int LOOKS = 12;

    private final ServerSettings settings;
    private final Installation installation;
    private final Clock clock;
    private final TlsConfigurationRegistry https;
    private final Event<CertificateUpdatedEvent> reloaded;
    private final Event<ServerCertificateRenewed> renewed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("sekisho-certificate").factory());

    @Inject
    ServerCertificateKeeper(
            ServerSettings settings,
            Installation installation,
            Clock clock,
            TlsConfigurationRegistry https,
            Event<CertificateUpdatedEvent> reloaded,
            Event<ServerCertificateRenewed> renewed) {
        this.settings = settings;
        this.installation = installation;
        this.clock = clock;
        this.https = https;
        this.reloaded = reloaded;
        this.renewed = renewed;
    }

    void start(@Observes StartupEvent event) {
        long wait = Math.min(
                LONGEST_WAIT.toMillis(),
                settings.ownCertificateLife().dividedBy(LOOKS).toMillis());
        var looking = timer.scheduleWithFixedDelay(this::look, wait, wait, TimeUnit.MILLISECONDS);
        LOG.debugf("The server's certificate is looked at every %d ms: %s", wait, looking);
    }

    private void look() {
        try {
            ServerCertificate certificate = new ServerCertificate(settings.certificate(), settings.key());
            if (certificate.renew(installation, settings.hosts(), settings.ownCertificateLife(), clock.instant())) {
                TlsConfiguration configuration = https.getDefault()
                        .orElseThrow(() -> new IllegalStateException("HTTPS has no certificate that could be renewed"));
                if (!configuration.reload()) {
                    throw new IllegalStateException("HTTPS did not take the new certificate " + certificate.chain());
                }
                reloaded.fire(new CertificateUpdatedEvent(configuration.getName(), configuration));
                renewed.fire(new ServerCertificateRenewed(certificate));
                LOG.infof(
                        "The server's certificate was renewed; it ends at %s",
                        certificate.read().getNotAfter().toInstant());
            }
        } catch (RuntimeException e) {
            // Tried again at the next look: a third of the life is left to mend it.
            LOG.error("The server's certificate could not be renewed", e);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timer.shutdownNow();
    }
}
