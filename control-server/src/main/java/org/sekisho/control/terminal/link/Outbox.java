package org.sekisho.control.terminal.link;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.v1.Credit;
import org.sekisho.v1.DocumentKind;
import org.sekisho.v1.EventAck;
import org.sekisho.v1.ServerMessage;

/**
 * What waits to be sent to one terminal, however slowly it reads: of acknowledgements only the highest, of credit the
 * sum, of documents of a kind the newest, and a few other messages. Messages are given to gRPC only while it says that it is
 * ready, because it would queue without bound. Thread-safe.
 */
final class Outbox {
    /** Welcome, renewals, drain, questions: a terminal that leaves more unread has stopped reading. */
    private static final int MAX_OTHERS = 16;

    private final ServerCallStreamObserver<ServerMessage> call;
    private final Deque<ServerMessage> others = new ArrayDeque<>();
    private long ack = -1;
    private long sentAck = -1;
    private int creditEvents;
    private int creditBytes;
    private final Map<DocumentKind, PushedDocument> documents = new EnumMap<>(DocumentKind.class);
    private boolean closed;

    Outbox(ServerCallStreamObserver<ServerMessage> call) {
        this.call = call;
    }

    /** Before all others. */
    synchronized void send(ServerMessage message) {
        if (closed) {
            return;
        }
        if (others.size() >= MAX_OTHERS) {
            close(Status.RESOURCE_EXHAUSTED.withDescription("the terminal does not read what it is sent"));
            return;
        }
        others.add(message);
        flush();
    }

    synchronized void acknowledge(long seq) {
        ack = seq;
        flush();
    }

    synchronized void credit(int events, int bytes) {
        creditEvents += events;
        creditBytes += bytes;
        flush();
    }

    /** An older one that has not been sent yet is not sent at all. */
    synchronized void document(PushedDocument newer) {
        documents.merge(newer.kind(), newer, (waiting, next) -> waiting.revision() < next.revision() ? next : waiting);
        flush();
    }

    /** Sends what can be sent now; also called whenever the line has room again. */
    synchronized void flush() {
        while (!closed && call.isReady()) {
            ServerMessage next = next();
            if (next == null) {
                return;
            }
            call.onNext(next);
        }
    }

    private @Nullable ServerMessage next() {
        ServerMessage other = others.poll();
        if (other != null) {
            return other;
        }
        for (DocumentKind kind : documents.keySet()) {
            PushedDocument document = documents.remove(kind);
            return document == null ? null : document.message();
        }
        if (ack != sentAck) {
            sentAck = ack;
            return ServerMessage.newBuilder()
                    .setEventAck(EventAck.newBuilder().setDurableSeq(ack))
                    .build();
        }
        if (creditEvents > 0 || creditBytes > 0) {
            Credit credit = Credit.newBuilder()
                    .setEvents(creditEvents)
                    .setBytes(creditBytes)
                    .build();
            creditEvents = 0;
            creditBytes = 0;
            return ServerMessage.newBuilder().setCredit(credit).build();
        }
        return null;
    }

    /** Ends the stream; what has not been sent is dropped. Later calls do nothing. */
    synchronized void close(Status status) {
        if (closed) {
            return;
        }
        closed = true;
        others.clear();
        documents.clear();
        if (status.isOk()) {
            call.onCompleted();
        } else {
            call.onError(status.asRuntimeException());
        }
    }

    /** The call is over already. */
    synchronized void cancelled() {
        closed = true;
        others.clear();
        documents.clear();
    }
}
