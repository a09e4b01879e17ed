package org.sekisho.agent.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.agent.schedule.ThreadLoop;
import org.sekisho.agent.secret.SecretStore;
import org.sekisho.agent.shadow.ShadowFolder;
import org.sekisho.v1.ShadowCopyKept;
import org.sekisho.v1.ShadowCopyPart;
import org.sekisho.v1.ShadowCopyStart;
import org.sekisho.v1.TerminalLinkGrpc;

/** Against a real gRPC server on netty over mutual TLS. */
class ShadowUploadsTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final String OTHER = "ff112233445566778899aabbccddeeff";

    private final Instant now = Instant.now();
    private final AtomicBoolean online = new AtomicBoolean(true);
    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<ShadowCopyStart> starts = new CopyOnWriteArrayList<>();
    /** What is answered instead of keeping, one after the other. */
    private final Queue<Status> refusals = new ConcurrentLinkedQueue<>();

    private final ThreadLoop loop = new ThreadLoop("uploads-test");
    private ShadowFolder folder;
    private Server server;
    private ShadowUploads uploads;

    ShadowUploadsTest(@TempDir Path dir) throws Exception {
        TestAuthority authority = new TestAuthority(now);
        server = authority.serve(authority, 0, new Link());
        folder = new ShadowFolder(dir.resolve("shadow-copies"));
        uploads = new ShadowUploads(
                new TerminalChannels(Duration.ofMinutes(1)),
                new LiveIdentity(
                        new IdentityVault(SecretStore.forPlatform(dir)),
                        authority.identity("terminal-7", "localhost:" + server.getPort(), now.plusSeconds(3_600))),
                folder,
                online::get,
                loop,
                new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), new Random(1)));
    }

    @BeforeEach
    void listen() {
        folder.onWaiting(uploads::wake);
    }

    @AfterEach
    void stop() throws InterruptedException {
        uploads.close();
        loop.close();
        server.shutdownNow();
        assertThat(server.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWaitsIsSentWholeAndThenRemoved() throws Exception {
        byte[] large = new byte[3_000_000];
        new Random(7).nextBytes(large);
        written(ID, large);
        written(OTHER, new byte[] {1});
        folder.tell();

        await().untilAsserted(() -> assertThat(folder.path()).isEmptyDirectory());
        assertThat(kept).containsOnlyKeys(ID, OTHER);
        assertThat(kept.get(ID)).isEqualTo(large);
        assertThat(starts)
                .filteredOn(start -> start.getId().equals(ID))
                .singleElement()
                .satisfies(start -> {
                    assertThat(start.getBytes()).isEqualTo(large.length);
                    assertThat(start.getSha256().toByteArray())
                            .isEqualTo(MessageDigest.getInstance("SHA-256").digest(large));
                });
    }

    @Test
    void withoutAServerItWaits() throws Exception {
        online.set(false);
        written(ID, new byte[] {1});
        folder.tell();
        assertThat(folder.next()).isPresent();

        online.set(true);
        uploads.wake();

        await().untilAsserted(() -> assertThat(folder.next()).isEmpty());
        assertThat(kept).containsOnlyKeys(ID);
    }

    @Test
    void aServerWithoutRoomIsAskedAgain() throws Exception {
        refusals.add(Status.RESOURCE_EXHAUSTED);
        refusals.add(Status.UNAVAILABLE);
        written(ID, new byte[200_000]);
        folder.tell();

        await().untilAsserted(() -> assertThat(folder.next()).isEmpty());
        assertThat(kept).containsOnlyKeys(ID);
        assertThat(refusals).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void whatTheServerWillNeverTakeIsSaidToItAsFailed() throws Exception {
        refusals.add(Status.INVALID_ARGUMENT.withDescription("no header"));
        written(ID, new byte[] {1});
        folder.tell();

        await().untilAsserted(() -> assertThat(folder.path()).isEmptyDirectory());
        assertThat(kept).isEmpty();
        assertThat(failures).containsExactly(ID + " the server refused it: no header");
    }

    @Test
    void aReasonIsSentWhereThereIsNoCopy() throws Exception {
        folder.fail(ID, "the disk is full");
        folder.tell();

        await().untilAsserted(() -> assertThat(folder.path()).isEmptyDirectory());
        assertThat(failures).containsExactly(ID + " the disk is full");
    }

    private void written(String id, byte[] bytes) throws IOException {
        folder.order(id, bytes.length);
        folder.write(id, out -> out.write(bytes));
    }

    private final class Link extends TerminalLinkGrpc.TerminalLinkImplBase {
        @Override
        public StreamObserver<ShadowCopyPart> keepShadowCopy(StreamObserver<ShadowCopyKept> out) {
            return new StreamObserver<>() {
                private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                private ShadowCopyStart start = ShadowCopyStart.getDefaultInstance();
                private boolean refused;

                @Override
                public void onNext(ShadowCopyPart part) {
                    if (part.hasStart()) {
                        start = part.getStart();
                        starts.add(start);
                        Status refusal = refusals.poll();
                        if (refusal != null) {
                            refused = true;
                            out.onError(refusal.asRuntimeException());
                        }
                    } else {
                        bytes.writeBytes(part.getBytes().toByteArray());
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    refused = true;
                }

                @Override
                public void onCompleted() {
                    if (refused) {
                        return;
                    }
                    if (start.getFailure().isEmpty()) {
                        kept.put(start.getId(), bytes.toByteArray());
                    } else {
                        failures.add(start.getId() + " " + start.getFailure());
                    }
                    out.onNext(ShadowCopyKept.getDefaultInstance());
                    out.onCompleted();
                }
            };
        }
    }
}
