package org.sekisho.control.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ChainedEvent;
import org.sekisho.v1.EnrolRequest;
import org.sekisho.v1.EnrolResponse;
import org.sekisho.v1.EventBatch;
import org.sekisho.v1.Hello;
import org.sekisho.v1.Inventory;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;

/** An enrolled terminal that says exactly what a test wants it to say. */
public final class TestTerminal {
    private static final long PATIENCE_SECONDS = 30;

    private final EnrolResponse enrolment;
    private final KeyPair keys;

    private TestTerminal(EnrolResponse enrolment, KeyPair keys) {
        this.enrolment = enrolment;
        this.keys = keys;
    }

    /** Enrols a new terminal with a token made for it. */
    public static TestTerminal enrol(Api administrator) {
        return enrol(administrator, "MY_NUMBER");
    }

    /** Enrols a new terminal of this segment. */
    public static TestTerminal enrol(Api administrator, String segment) {
        return enrolBy(administrator, token(administrator, segment, 1));
    }

    /** Enrols a new terminal of this division. */
    public static TestTerminal enrolIn(Api administrator, String unit) {
        return enrolBy(
                administrator,
                administrator
                        .post("/api/v1/enrolment-tokens", Map.of("segment", "MY_NUMBER", "orgUnit", unit))
                        .json()
                        .get("token")
                        .asText());
    }

    /** Enrols a new terminal by this token. */
    public static TestTerminal enrolBy(Api administrator, String token) {
        KeyPair keys = newKeys();
        Api.Answer answer = enrol(administrator, token, keys);
        try {
            if (answer.status() != 200) {
                throw new IllegalStateException("Enrolment answered " + answer.status() + " " + answer.json());
            }
            return new TestTerminal(EnrolResponse.parseFrom(answer.bytes()), keys);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new token. */
    public static String token(Api administrator, String segment, int uses) {
        return administrator
                .post("/api/v1/enrolment-tokens", Map.of("segment", segment, "uses", uses))
                .json()
                .get("token")
                .asText();
    }

    /** Presents a token. */
    public static Api.Answer enrol(Api api, String token, KeyPair keys) {
        byte[] request = EnrolRequest.newBuilder()
                .setToken(token)
                .setCertificateRequest(ByteString.copyFrom(request(keys)))
                .setHost("host-" + java.util.UUID.randomUUID())
                .setWireVersion(1)
                .setInventory(Inventory.newBuilder().setOs("Linux").addUsers("hanako"))
                .build()
                .toByteArray();
        return api.as(null).send("POST", "/api/v1/enrolment", "application/x-protobuf", request);
    }

    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS#10, DER. */
    public static byte[] request(KeyPair keys) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=ignored"), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public String id() {
        return enrolment.getTerminal();
    }

    public EnrolResponse enrolment() {
        return enrolment;
    }

    public KeyPair keys() {
        return keys;
    }

    /** Opens a connection and a stream, and says nothing yet. */
    public Stream open() {
        return new Stream(enrolment, keys);
    }

    /** Opens a stream, says Hello for this journal and waits for Welcome. */
    public Stream connect(TestJournal journal) {
        Stream stream = open();
        stream.hello(journal.hello());
        stream.await(ServerMessage.MessageCase.WELCOME);
        return stream;
    }

    /** Begins to send a shadow copy, over a connection of its own. */
    public TestUpload upload() {
        return new TestUpload(Stream.channel(enrolment, keys));
    }

    /** One stream over a connection of its own. */
    public static final class Stream implements AutoCloseable {
        private final ManagedChannel channel;
        private final StreamObserver<TerminalMessage> out;
        private final BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> ended = new CompletableFuture<>();

        private Stream(EnrolResponse enrolment, @Nullable KeyPair keys) {
            channel = channel(enrolment, keys);
            out = TerminalLinkGrpc.newStub(channel).connect(new StreamObserver<>() {
                @Override
                public void onNext(ServerMessage message) {
                    received.add(message);
                }

                @Override
                public void onError(Throwable failure) {
                    ended.complete(Status.fromThrowable(failure));
                }

                @Override
                public void onCompleted() {
                    ended.complete(Status.OK);
                }
            });
        }

        /** A stream of somebody without a certificate. */
        public static Stream anonymous(EnrolResponse enrolment) {
            return new Stream(enrolment, null);
        }

        private static ManagedChannel channel(EnrolResponse enrolment, @Nullable KeyPair keys) {
            try {
                SslContextBuilder tls = GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
                        .protocols("TLSv1.3")
                        .trustManager(certificate(enrolment.getCaCertificate()));
                if (keys != null) {
                    tls.keyManager(keys.getPrivate(), certificate(enrolment.getCertificateChain(0)));
                }
                return NettyChannelBuilder.forTarget(enrolment.getGrpcTarget())
                        .sslContext(tls.build())
                        .maxInboundMessageSize(5 << 20)
                        .build();
            } catch (SSLException e) {
                throw new IllegalStateException(e);
            }
        }

        public void hello(Hello hello) {
            send(TerminalMessage.newBuilder().setHello(hello).build());
        }

        public void events(List<ChainedEvent> events) {
            send(TerminalMessage.newBuilder()
                    .setEvents(EventBatch.newBuilder().addAllEvents(events))
                    .build());
        }

        public void send(TerminalMessage message) {
            out.onNext(message);
        }

        /** The next message of this kind; others before it are skipped. */
        public ServerMessage await(ServerMessage.MessageCase kind) {
            return await(message -> message.getMessageCase() == kind);
        }

        /** The next message that fits. */
        public ServerMessage await(Predicate<ServerMessage> fits) {
            try {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                while (true) {
                    ServerMessage message = received.poll(ended.isDone() ? 0 : 100, TimeUnit.MILLISECONDS);
                    if (message == null && !ended.isDone() && System.nanoTime() < deadline) {
                        continue;
                    }
                    if (message == null) {
                        throw new AssertionError("The server did not send it"
                                + (ended.isDone() ? "; the stream ended with " + ended.getNow(Status.UNKNOWN) : ""));
                    }
                    if (fits.test(message)) {
                        return message;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Waits until everything up to this number is acknowledged. */
        public void awaitAck(long seq) {
            await(message -> message.hasEventAck() && message.getEventAck().getDurableSeq() == seq);
        }

        /** Waits for the end. */
        public Status awaitEnd() {
            try {
                return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("The stream did not end", e);
            }
        }

        public boolean isOpen() {
            return !ended.isDone();
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }

    private static X509Certificate certificate(ByteString der) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
