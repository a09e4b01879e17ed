package org.sekisho.control.identity;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.TokenStore.Bearer;

/**
 * Leaves what the first person needs: the set-up link while nobody has been set up, and, where the installation asks for
 * it, an operator token for scripts. Both as files that only the server's account can read; neither is ever logged.
 */
@ApplicationScoped
class FirstRun {
    private static final Logger LOG = Logger.getLogger(FirstRun.class);
    private static final String SERVICE_NAME = "installation";
    private static final Duration SERVICE_TOKEN = Duration.ofDays(400);

    private final OperatorStore operators;
    private final TokenStore tokens;
    private final SetupLinks links;
    private final AuditLog audit;
    private final Optional<Path> setupLinkFile;
    private final Optional<Path> operatorTokenFile;
    private final String publicUrl;

    @Inject
    FirstRun(
            OperatorStore operators,
            TokenStore tokens,
            SetupLinks links,
            AuditLog audit,
            @ConfigProperty(name = "sekisho.setup-link-file") Optional<Path> setupLinkFile,
            @ConfigProperty(name = "sekisho.operator-token-file") Optional<Path> operatorTokenFile,
            @ConfigProperty(name = "sekisho.public-url", defaultValue = "https://localhost:8443") String publicUrl) {
        this.operators = operators;
        this.tokens = tokens;
        this.links = links;
        this.audit = audit;
        this.setupLinkFile = setupLinkFile;
        this.operatorTokenFile = operatorTokenFile;
        this.publicUrl = publicUrl;
    }

    @Transactional
    void prepare(@Observes StartupEvent start) {
        try {
            if (setupLinkFile.isPresent()) {
                leaveSetupLink(setupLinkFile.get());
            }
            if (operatorTokenFile.isPresent()) {
                leaveOperatorToken(operatorTokenFile.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing the first run's secrets failed: " + e.getMessage(), e);
        }
    }

    private void leaveSetupLink(Path file) throws IOException {
        if (operators.anyPerson()) {
            Files.deleteIfExists(file);
            return;
        }
        SecretFile.write(file, publicUrl + "/setup?token=" + links.issue().text());
        LOG.infof("nobody has been set up yet: the set-up link is in %s", file);
    }

    private void leaveOperatorToken(Path file) throws IOException {
        Optional<Bearer> left = Files.exists(file)
                ? tokens.bearer(new Secret(Files.readString(file).strip()))
                : Optional.empty();
        if (left.isPresent()) {
            if (SecretFile.ownerOnly(file)) {
                return;
            }
            LOG.warnf("others could read %s: the operator token in it is revoked, and a new one written", file);
            tokens.revoke(left.get().operator().id(), left.get().token());
            audit.recordAs(SERVICE_NAME, "operator-token.revoke", SERVICE_NAME, Map.of("file", file.toString()));
        }
        Operator service = service();
        Instant expiresAt = Instant.now().plus(SERVICE_TOKEN);
        Secret fresh = tokens.issue(service.id(), SERVICE_NAME, Grants.of(Role.ADMINISTRATOR), expiresAt)
                .secret();
        SecretFile.write(file, fresh.text());
        audit.recordAs(SERVICE_NAME, "operator-token.create", SERVICE_NAME, Map.of("file", file.toString()));
    }

    private Operator service() {
        operators.create(SERVICE_NAME, Operator.Kind.SERVICE, Grants.of(Role.ADMINISTRATOR));
        Operator named = operators
                .byName(SERVICE_NAME)
                .orElseThrow(() -> new IllegalStateException("the operator " + SERVICE_NAME + " was just made"));
        if (named.kind() != Operator.Kind.SERVICE) {
            throw new IllegalStateException("a person is named " + SERVICE_NAME
                    + ", the name of the operator for scripts; start without sekisho.operator-token-file");
        }
        return named;
    }
}
