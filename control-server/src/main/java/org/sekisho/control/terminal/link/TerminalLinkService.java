package org.sekisho.control.terminal.link;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.ShadowCopyKept;
import org.sekisho.v1.ShadowCopyPart;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;

/** The calls of the terminals' port. */
@Singleton
class TerminalLinkService extends TerminalLinkGrpc.TerminalLinkImplBase {
    private final LinkParts parts;
    private final ShadowIntake shadows;

    @Inject
    TerminalLinkService(LinkParts parts, ShadowIntake shadows) {
        this.parts = parts;
        this.shadows = shadows;
    }

    @Override
    public StreamObserver<TerminalMessage> connect(StreamObserver<ServerMessage> answers) {
        Peer peer = peer();
        ServerCallStreamObserver<ServerMessage> call = oneByOne(answers);
        TerminalStream stream = new TerminalStream(peer, call, parts);
        call.setOnReadyHandler(stream::ready);
        call.setOnCancelHandler(stream::gone);
        call.setOnCloseHandler(stream::gone);
        stream.open();
        return stream;
    }

    @Override
    public StreamObserver<ShadowCopyPart> keepShadowCopy(StreamObserver<ShadowCopyKept> answers) {
        Peer peer = peer();
        ShadowUpload upload = shadows.open(peer, oneByOne(answers));
        upload.open();
        return upload;
    }

    private static Peer peer() {
        Peer peer = Peer.KEY.get();
        if (peer == null) {
            throw Status.INTERNAL
                    .withDescription("a call without an identity reached the service")
                    .asRuntimeException();
        }
        return peer;
    }

    /** One message at a time: the next is asked for when this one has found its place. */
    private static <A> ServerCallStreamObserver<A> oneByOne(StreamObserver<A> answers) {
        if (!(answers instanceof ServerCallStreamObserver<A> call)) {
            throw new IllegalStateException("gRPC gave a server something else than a server's call");
        }
        call.disableAutoRequest();
        return call;
    }
}
