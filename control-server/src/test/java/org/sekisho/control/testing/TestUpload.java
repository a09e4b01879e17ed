package org.sekisho.control.testing;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.ShadowCopyKept;
import org.sekisho.v1.ShadowCopyPart;
import org.sekisho.v1.ShadowCopyStart;
import org.sekisho.v1.TerminalLinkGrpc;

/** A shadow copy on its way, part by part as a test wants it. */
public final class TestUpload implements AutoCloseable {
    /** terminal.proto, ShadowCopyPart. */
    public static final int PART = 256 << 10;

    private static final long PATIENCE_SECONDS = 30;

    private final ManagedChannel channel;
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private final ClientCallStreamObserver<ShadowCopyPart> out;

    TestUpload(ManagedChannel channel) {
        this.channel = channel;
        this.out = (ClientCallStreamObserver<ShadowCopyPart>)
                TerminalLinkGrpc.newStub(channel).keepShadowCopy(new Answers());
    }

    /** Announces it. */
    public TestUpload start(TestShadow copy) {
        return start(copy.start().build());
    }

    /** Announces one so. */
    public TestUpload start(ShadowCopyStart start) {
        return send(ShadowCopyPart.newBuilder().setStart(start).build());
    }

    /** Sends these bytes in parts of the greatest size. */
    public TestUpload bytes(ByteString bytes) {
        for (int from = 0; from < bytes.size(); from += PART) {
            part(bytes.substring(from, Math.min(bytes.size(), from + PART)));
        }
        return this;
    }

    /** Sends one part. */
    public TestUpload part(ByteString bytes) {
        return send(ShadowCopyPart.newBuilder().setBytes(bytes).build());
    }

    /** Sends one part, whatever it is. */
    public TestUpload send(ShadowCopyPart part) {
        if (!ended.isDone()) {
            out.onNext(part);
        }
        return this;
    }

    /** Nothing more comes; how the server answered, OK if it keeps it. */
    public Status finish() {
        if (!ended.isDone()) {
            out.onCompleted();
        }
        return awaitEnd();
    }

    /** The whole of it at once. */
    public Status send(TestShadow copy) {
        return start(copy).bytes(copy.sealed()).finish();
    }

    /** As if the line broke. */
    public void breakOff() {
        out.cancel("the line broke", null);
    }

    /** How it ended. */
    public Status awaitEnd() {
        try {
            return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The call did not end", e);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private final class Answers implements StreamObserver<ShadowCopyKept> {
        private @Nullable ShadowCopyKept kept;

        @Override
        public void onNext(ShadowCopyKept answer) {
            kept = answer;
        }

        @Override
        public void onError(Throwable failure) {
            ended.complete(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            ended.complete(kept == null ? Status.INTERNAL.withDescription("no answer came") : Status.OK);
        }
    }
}
