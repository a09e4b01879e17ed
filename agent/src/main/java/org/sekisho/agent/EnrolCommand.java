package org.sekisho.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.posture.InventoryReader;
import org.sekisho.agent.text.Texts;
import org.sekisho.agent.uplink.Enrolment;
import org.sekisho.agent.uplink.EnrolmentException;
import org.sekisho.agent.uplink.EnrolmentToken;
import org.sekisho.agent.uplink.Identity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Enrols this terminal. A token on the command line is seen by whoever lists processes, so it may also come in the
 * environment variable {@value #TOKEN_VARIABLE}. Ends with 0, or with 1 and why not.
 */
@Command(name = "enroll", mixinStandardHelpOptions = true, resourceBundle = "org.sekisho.agent.messages")
final class EnrolCommand implements Callable<Integer> {
    static final String TOKEN_VARIABLE = "SEKISHO_ENROL_TOKEN";

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--server", required = true, paramLabel = "URL", descriptionKey = "server")
    private URI server = URI.create("");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            descriptionKey = "token",
            defaultValue = "${env:SEKISHO_ENROL_TOKEN}")
    private @Nullable String token;

    @Option(names = "--ca-file", paramLabel = "PEM", descriptionKey = "ca-file")
    private @Nullable Path caFile;

    @Option(names = "--force", descriptionKey = "force")
    private boolean force;

    private final Texts texts = Texts.beside(EnrolCommand.class, Locale.getDefault());

    @Override
    public Integer call() throws IOException {
        Optional<EnrolmentToken> read = Optional.ofNullable(token).flatMap(EnrolmentToken::parse);
        if (read.isEmpty()) {
            return failed(texts.of("enrol.no-token", TOKEN_VARIABLE));
        }
        if (!"https".equals(server.getScheme()) || server.getHost() == null) {
            return failed(texts.of("enrol.no-server", server.toString()));
        }
        List<X509Certificate> caAtHand;
        try {
            caAtHand = authorities();
        } catch (IOException | CertificateException e) {
            return failed(texts.of("enrol.no-ca-file", String.valueOf(caFile), String.valueOf(e.getMessage())));
        }
        try {
            Identity identity = Enrolment.in(new AgentStore(config.load()).identities())
                    .enrol(server, read.get(), caAtHand, InventoryReader.read(), force);
            out(texts.of(
                    "enrol.done",
                    identity.terminal(),
                    identity.tenant(),
                    identity.grpcTarget().toString()));
            return 0;
        } catch (EnrolmentException e) {
            return failed(texts.of("enrol.failed." + e.reason().name(), server.toString()) + "\n  " + e.getMessage());
        }
    }

    private List<X509Certificate> authorities() throws IOException, CertificateException {
        List<X509Certificate> found = new ArrayList<>();
        if (caFile != null) {
            try (InputStream in = Files.newInputStream(caFile)) {
                for (Certificate certificate :
                        CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                    if (certificate instanceof X509Certificate x509) {
                        found.add(x509);
                    }
                }
            }
        }
        return found;
    }

    private void out(String text) {
        if (spec != null) {
            spec.commandLine().getOut().println(text);
        }
    }

    private int failed(String text) {
        if (spec != null) {
            spec.commandLine().getErr().println(text);
        }
        return 1;
    }
}
