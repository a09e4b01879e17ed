package org.sekisho.agent.uplink;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.schedule.EventLoop;
import org.sekisho.v1.Renewal;
import org.sekisho.v1.RenewalRequest;
import org.sekisho.v1.TerminalMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the terminal's certificate over one stream, with a new key each time. The new key lives in memory until its
 * certificate is there; a crash in between leaves the certificate before, and the next stream asks anew. Runs on the loop.
 */
final class CertificateRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateRenewal.class);

    private final EventLoop loop;
    private final LiveIdentity identity;
    private final Consumer<TerminalMessage> send;
    private final Runnable renewed;
    private EventLoop.@Nullable Timer timer;
    private @Nullable KeyPair asked;

    /**
     * @param send sends over the stream
     * @param renewed called when a new identity has been taken over
     */
    CertificateRenewal(EventLoop loop, LiveIdentity identity, Consumer<TerminalMessage> send, Runnable renewed) {
        this.loop = requireNonNull(loop, "loop is null");
        this.identity = requireNonNull(identity, "identity is null");
        this.send = requireNonNull(send, "send is null");
        this.renewed = requireNonNull(renewed, "renewed is null");
    }

    void start() {
        Identity current = identity.current();
        askAfter(RenewalSchedule.firstTry(current.certificate().getNotBefore().toInstant(), notAfter(), loop.now()));
    }

    void stop() {
        if (timer != null) {
            timer.cancel();
        }
        asked = null;
    }

    void answered(Renewal answer) {
        KeyPair key = asked;
        if (key == null) {
            LOG.warn("the server answered a renewal that was not asked for; it is ignored");
            return;
        }
        asked = null;
        if (answer.getCertificateChainCount() == 0) {
            LOG.warn(
                    "the server refuses to renew the certificate, which ends at {}: {}",
                    notAfter(),
                    answer.getRefusal());
            askAgain();
            return;
        }
        Instant now = loop.now();
        try {
            identity.replace(identity.current().renewed(key.getPrivate(), answer, now), now);
        } catch (IdentityException | IOException e) {
            LOG.error("the renewed certificate can't be taken over; the present one ends at {}", notAfter(), e);
            askAgain();
            return;
        }
        LOG.info("the certificate has been renewed until {}", notAfter());
        renewed.run();
    }

    private void ask() {
        KeyPair key = TerminalKey.generate();
        asked = key;
        send.accept(TerminalMessage.newBuilder()
                .setRenewalRequest(RenewalRequest.newBuilder()
                        .setCertificateRequest(ByteString.copyFrom(CertificateRequest.of(key))))
                .build());
        askAgain();
    }

    private void askAgain() {
        askAfter(RenewalSchedule.nextTry(notAfter(), loop.now()));
    }

    private void askAfter(Duration wait) {
        if (timer != null) {
            timer.cancel();
        }
        timer = loop.after(wait, this::ask);
    }

    private Instant notAfter() {
        return identity.current().certificate().getNotAfter().toInstant();
    }
}
