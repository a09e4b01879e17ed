package org.sekisho.agent.uplink;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.shadow.ShadowFolder.Waiting;
import org.sekisho.v1.ShadowCopyKept;
import org.sekisho.v1.ShadowCopyPart;
import org.sekisho.v1.ShadowCopyStart;
import org.sekisho.v1.TerminalLinkGrpc.TerminalLinkStub;

/** One shadow copy on its way: no faster than the server takes it, so that little of it is ever in memory. */
final class ShadowUpload implements ClientResponseObserver<ShadowCopyPart, ShadowCopyKept> {
    /** terminal.proto: at most 256 KiB. */
    private static final int PART = 128 << 10;
    /** The largest copy over a slow line takes some minutes; what hangs longer is begun anew. */
    private static final long DEADLINE_MINUTES = 30;

    private final CompletableFuture<ShadowCopyKept> answer = new CompletableFuture<>();
    /** Released when the line may have become ready, and at the end. */
    private final Semaphore turns = new Semaphore(0);

    private @Nullable ClientCallStreamObserver<ShadowCopyPart> out;

    private ShadowUpload() {}

    /**
     * Sends one; returns once the server has it for good.
     *
     * @throws StatusRuntimeException if it did not take it
     * @throws IOException if it can't be read
     */
    static void send(TerminalLinkStub stub, Waiting copy) throws IOException {
        ShadowUpload upload = new ShadowUpload();
        stub.withDeadlineAfter(DEADLINE_MINUTES, TimeUnit.MINUTES).keepShadowCopy(upload);
        try {
            upload.write(copy);
        } catch (IOException | RuntimeException e) {
            upload.cancel(e);
            throw e;
        }
        upload.await();
    }

    private void write(Waiting copy) throws IOException {
        ShadowCopyStart.Builder start =
                ShadowCopyStart.newBuilder().setId(copy.id()).setFailure(copy.failure());
        if (!copy.failure().isEmpty()) {
            part(ShadowCopyPart.newBuilder().setStart(start));
            complete();
            return;
        }
        part(ShadowCopyPart.newBuilder()
                .setStart(start.setBytes(Files.size(copy.file())).setSha256(ByteString.copyFrom(sha256(copy.file())))));
        try (InputStream in = Files.newInputStream(copy.file())) {
            for (byte[] bytes = in.readNBytes(PART); bytes.length > 0; bytes = in.readNBytes(PART)) {
                part(ShadowCopyPart.newBuilder().setBytes(UnsafeByteOperations.unsafeWrap(bytes)));
            }
        }
        complete();
    }

    private void part(ShadowCopyPart.Builder part) {
        ClientCallStreamObserver<ShadowCopyPart> call = call();
        while (!call.isReady() && !answer.isDone()) {
            turns.acquireUninterruptibly();
        }
        if (!answer.isDone()) {
            call.onNext(part.build());
        }
    }

    private void complete() {
        if (!answer.isDone()) {
            call().onCompleted();
        }
    }

    private void cancel(Exception why) {
        call().cancel("the copy can't be read", why);
    }

    private void await() {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw Status.fromThrowable(e).asRuntimeException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("interrupted").asRuntimeException();
        }
    }

    private ClientCallStreamObserver<ShadowCopyPart> call() {
        ClientCallStreamObserver<ShadowCopyPart> call = out;
        if (call == null) {
            throw new IllegalStateException("gRPC calls beforeStart before anything else");
        }
        return call;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ShadowCopyPart> requests) {
        out = requests;
        requests.setOnReadyHandler(turns::release);
    }

    @Override
    public void onNext(ShadowCopyKept kept) {
        answer.complete(kept);
    }

    @Override
    public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
        turns.release();
    }

    @Override
    public void onCompleted() {
        answer.completeExceptionally(Status.INTERNAL
                .withDescription("the server ended without an answer")
                .asRuntimeException());
        turns.release();
    }

    private static byte[] sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[PART];
            for (int read = in.read(piece); read > 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return digest.digest();
    }
}
