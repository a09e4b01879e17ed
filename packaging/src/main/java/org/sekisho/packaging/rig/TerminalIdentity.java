package org.sekisho.packaging.rig;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.sekisho.v1.EnrolRequest;
import org.sekisho.v1.EnrolResponse;
import org.sekisho.v1.Inventory;

/** A simulated terminal's enrolled identity: its key, its certificates, whom it trusts. */
public record TerminalIdentity(
        String terminal, KeyPair keys, List<X509Certificate> chain, X509Certificate ca, String grpcTarget) {

    /** Enrols a simulated terminal with a token, over REST as a real one does. */
    public static TerminalIdentity enrol(Rest rest, String token, String host)
            throws IOException, InterruptedException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        EnrolRequest request = EnrolRequest.newBuilder()
                .setToken(token)
                .setCertificateRequest(ByteString.copyFrom(request(keys)))
                .setHost(host)
                .setInventory(Inventory.newBuilder().setHost(host).setOs("simulated"))
                .setWireVersion(1)
                .build();
        EnrolResponse response = EnrolResponse.parseFrom(
                rest.post("/api/v1/enrolment", "application/x-protobuf", request.toByteArray()));
        List<X509Certificate> chain = new ArrayList<>();
        for (ByteString certificate : response.getCertificateChainList()) {
            chain.add(certificate(certificate));
        }
        return new TerminalIdentity(
                response.getTerminal(),
                keys,
                List.copyOf(chain),
                certificate(response.getCaCertificate()),
                response.getGrpcTarget());
    }

    private static byte[] request(KeyPair keys) throws IOException {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=simulated"), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("P-256 can't sign", e);
        }
    }

    private static X509Certificate certificate(ByteString der) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
    }
}
