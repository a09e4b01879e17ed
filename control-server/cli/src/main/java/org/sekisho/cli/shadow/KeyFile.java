package org.sekisho.cli.shadow;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.Provider;
import java.util.Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;
import org.sekisho.cli.profile.OwnerOnly;
import org.sekisho.cli.profile.SmallFile;

/** A custodian's private key in a file: PKCS#8 in PEM, enciphered under a passphrase. */
final class KeyFile {
    /** PBKDF2 with HMAC-SHA-256: a second or more for the owner, and as much for each guess. */
    private static final int ITERATIONS = 600_000;
    /** A key's file has some 500 bytes. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final Path file;
    private final Texts texts;

    KeyFile(Path file, Texts texts) {
        this.file = file;
        this.texts = texts;
    }

    /** Writes a new file, which only its owner may read. */
    void write(X25519PrivateKeyParameters key, String passphrase) {
        ByteBuffer pem = ByteBuffer.wrap(pem(key, passphrase).getBytes(StandardCharsets.US_ASCII));
        try (FileChannel out = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OwnerOnly.file(file))) {
            try {
                while (pem.hasRemaining()) {
                    out.write(pem);
                }
                out.force(true);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCodes.UNUSABLE,
                    texts.text("custodian-key.unwritable", file, String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** Fails where there is a file already, before anybody is asked for anything. */
    void mustBeNew() {
        if (Files.exists(file)) {
            throw exists(new FileAlreadyExistsException(file.toString()));
        }
    }

    /** The key; {@link CommandFailure} if the file has none, or the passphrase is another. */
    X25519PrivateKeyParameters read(String passphrase) {
        PKCS8EncryptedPrivateKeyInfo enciphered = parse(new SmallFile(texts).read(file, MAX_BYTES));
        try {
            PrivateKeyInfo key = enciphered.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                    .setProvider(PROVIDER)
                    .build(passphrase.toCharArray()));
            if (PrivateKeyFactory.createKey(key) instanceof X25519PrivateKeyParameters custodians) {
                return custodians;
            }
        } catch (PKCSException | OperatorCreationException | IOException | RuntimeException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("custodian-key.wrong-passphrase", file), e);
        }
        throw noKey();
    }

    private static String pem(X25519PrivateKeyParameters key, String passphrase) {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter out = new JcaPEMWriter(pem)) {
            out.writeObject(new PKCS8Generator(
                    // Without the public half, which not every reader of PKCS#8 knows of.
                    new PrivateKeyInfo(
                            new AlgorithmIdentifier(EdECObjectIdentifiers.id_X25519),
                            new DEROctetString(key.getEncoded())),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setPRF(PKCS8Generator.PRF_HMACSHA256)
                            .setIterationCount(ITERATIONS)
                            .setProvider(PROVIDER)
                            .setPassword(passphrase.toCharArray())
                            .build()));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("a key could not be enciphered", e);
        }
        return pem.toString();
    }

    private PKCS8EncryptedPrivateKeyInfo parse(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            if (parser.readObject() instanceof PKCS8EncryptedPrivateKeyInfo enciphered) {
                return enciphered;
            }
        } catch (IOException | RuntimeException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("custodian-key.none", file), e);
        }
        throw noKey();
    }

    private CommandFailure noKey() {
        return new CommandFailure(ExitCodes.UNUSABLE, texts.text("custodian-key.none", file));
    }

    private CommandFailure exists(FileAlreadyExistsException e) {
        return new CommandFailure(ExitCodes.UNUSABLE, texts.text("download.exists", file), e);
    }
}
