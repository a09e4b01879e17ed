package org.sekisho.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.sekisho.shadow.CustodianKey;
import org.sekisho.v1.Custodian;

/** A custodian with a key whose passphrase is quickly tried: what {@code custodian-key} makes takes a second for each use. */
final class TestCustodian {
    static final String PASSPHRASE = "a long passphrase";

    private TestCustodian() {}

    static Custodian of(String operator, Path file) throws IOException, OperatorCreationException {
        X25519PrivateKeyParameters key = new X25519PrivateKeyParameters(new SecureRandom());
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter out = new JcaPEMWriter(pem)) {
            out.writeObject(new PKCS8Generator(
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(EdECObjectIdentifiers.id_X25519),
                            new DEROctetString(key.getEncoded())),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setPRF(PKCS8Generator.PRF_HMACSHA256)
                            .setIterationCount(1_000)
                            .setProvider(new BouncyCastleProvider())
                            .setPassword(PASSPHRASE.toCharArray())
                            .build()));
        }
        Files.writeString(file, pem.toString());
        return Custodian.newBuilder()
                .setOperator(operator)
                .setKey(CustodianKey.write(key.generatePublicKey()))
                .build();
    }
}
