package org.sekisho.cli.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.Workbench;
import org.sekisho.cli.output.Output;
import org.sekisho.evidence.EvidenceReport;
import org.sekisho.evidence.EvidenceVerifier;
import org.sekisho.evidence.PackManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekisho verify-evidence}: what holds of a pack, the first thing that doesn't, and what isn't proven. */
@Command(name = "verify-evidence")
public final class VerifyEvidenceCommand implements Callable<Integer> {
    private final Workbench workbench;
    private final Texts texts;

    @Parameters(paramLabel = "FILE")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--ca", paramLabel = "FILE")
    private @Nullable Path ca;

    public VerifyEvidenceCommand(Workbench workbench) {
        this.workbench = workbench;
        this.texts = workbench.texts();
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("evidence.unreadable", file));
        }
        EvidenceReport report = new EvidenceVerifier(ca == null ? null : authority(ca)).verify(file);
        Output output = workbench.output();
        output.result(json(report), () -> print(report, output));
        return report.holds() ? ExitCodes.OK : ExitCodes.REFUSED;
    }

    private X509Certificate authority(Path pem) {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("evidence.bad-ca", pem), e);
        }
    }

    private void print(EvidenceReport report, Output output) {
        PackManifest manifest = report.manifest();
        if (manifest != null) {
            output.line(texts.text(
                    "evidence.about",
                    Long.toString(manifest.incident()),
                    manifest.tenant(),
                    manifest.made().toString(),
                    manifest.by()));
        }
        report.held()
                .forEach(check -> output.line(texts.text("evidence.held", texts.word("evidence-check", check.name()))));
        report.remarks()
                .forEach(remark -> output.line(texts.text(
                        "evidence.remark",
                        texts.word("evidence-remark", remark.kind().name()),
                        remark.detail())));
        EvidenceReport.Failure failure = report.failure();
        output.line(
                failure == null
                        ? texts.text("evidence.whole")
                        : texts.text(
                                "evidence.broken",
                                texts.word("evidence-check", failure.check().name()),
                                failure.detail()));
    }

    private static ObjectNode json(EvidenceReport report) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("holds", report.holds());
        PackManifest manifest = report.manifest();
        if (manifest != null) {
            document.put("tenant", manifest.tenant())
                    .put("incident", manifest.incident())
                    .put("made", manifest.made().toString())
                    .put("by", manifest.by());
        }
        var held = document.putArray("held");
        report.held().forEach(check -> held.add(check.name()));
        var remarks = document.putArray("remarks");
        report.remarks()
                .forEach(remark ->
                        remarks.addObject().put("kind", remark.kind().name()).put("detail", remark.detail()));
        EvidenceReport.Failure failure = report.failure();
        if (failure != null) {
            document.putObject("failure").put("check", failure.check().name()).put("detail", failure.detail());
        }
        return document;
    }
}
