package org.sekisho.control.terminal.link;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.sekisho.v1.ServerMessage;
import org.sekisho.v1.TerminalLinkGrpc;
import org.sekisho.v1.TerminalMessage;

/** The one call of the terminals' port. */
@Singleton
class TerminalLinkService extends TerminalLinkGrpc.TerminalLinkImplBase {
    private final LinkParts parts;

    @Inject
    TerminalLinkService(LinkParts parts) {
        this.parts = parts;
    }

    @Override
    public StreamObserver<TerminalMessage> connect(StreamObserver<ServerMessage> answers) {
        Peer peer = Peer.KEY.get();
        if (!(answers instanceof ServerCallStreamObserver<ServerMessage> call) || peer == null) {
            throw Status.INTERNAL
                    .withDescription("a call without an identity reached the service")
                    .asRuntimeException();
        }
        // One message at a time: the next is asked for when this one has found its place.
        call.disableAutoRequest();
        TerminalStream stream = new TerminalStream(peer, call, parts);
        call.setOnReadyHandler(stream::ready);
        call.setOnCancelHandler(stream::gone);
        call.setOnCloseHandler(stream::gone);
        stream.open();
        return stream;
    }
}
