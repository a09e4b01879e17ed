package org.sekisho.control.terminal.link;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.Incidents;
import org.sekisho.control.pki.CertificateAuthority;
import org.sekisho.control.pki.IssuedCertificate;
import org.sekisho.control.terminal.TerminalStore;
import org.sekisho.control.terminal.TerminalStore.KnownTerminal;

/**
 * Lets only terminals in whose certificate is ours, known, not revoked and not over. Runs on the call's own thread,
 * which may wait for the database.
 */
@Singleton
class PeerInterceptor implements ServerInterceptor {
    private static final Logger LOG = Logger.getLogger(PeerInterceptor.class);

    private final TerminalStore terminals;
    private final Incidents incidents;

    @Inject
    PeerInterceptor(TerminalStore terminals, Incidents incidents) {
        this.terminals = terminals;
        this.incidents = incidents;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        try {
            X509Certificate certificate = certificate(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
            if (certificate == null) {
                return refuse(call, "a client certificate is needed");
            }
            String id = CertificateAuthority.commonName(certificate);
            String serial = IssuedCertificate.serialOf(certificate);
            Optional<KnownTerminal> known = terminals.admit(id, serial);
            if (known.isEmpty()) {
                if (terminals.exists(id)) {
                    incidents.open(IncidentReport.about(IncidentKind.REFUSED_IDENTITY, id)
                            .withDetail("certificate " + serial + " is revoked, over, or not of this terminal"));
                }
                return refuse(call, "this certificate is revoked, over or unknown; enrol the terminal anew");
            }
            Context context = Context.current().withValue(Peer.KEY, new Peer(known.get(), serial));
            return Contexts.interceptCall(context, call, headers, next);
        } catch (IllegalArgumentException e) {
            return refuse(call, "this certificate names no terminal");
        } catch (RuntimeException e) {
            LOG.error("A terminal could not be admitted", e);
            call.close(
                    Status.UNAVAILABLE.withDescription("the server can't reach its database; try later"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
    }

    private static @Nullable X509Certificate certificate(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? certificate
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, String why) {
        call.close(Status.UNAUTHENTICATED.withDescription(why), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
