package org.sekisho.agent.channel.clipboard.x11;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sekisho.agent.channel.ChannelException;
import org.sekisho.agent.os.linux.Xcb;

/** An X client of the tests' own that owns a selection and answers as badly as it is told. Runs on a thread of its own. */
@SuppressWarnings("ArrayRecordComponent") // never compared
final class ScriptedOwner implements AutoCloseable {
    /** How it answers a request for a target. */
    sealed interface Answer {
        record Bytes(String type, int format, byte[] value) implements Answer {}

        /** In increments of {@code piece} bytes; stops for good after {@code after} increments, if not below 0. */
        record Incremental(String type, byte[] value, int piece, int after) implements Answer {}

        record Refusal() implements Answer {}

        record Silence() implements Answer {}
    }

    private record Sending(int window, int property, Answer.Incremental answer, int[] sent) {}

    private final XConnection x;
    private final XAtoms atoms;
    private final XProperties properties;
    private final int window;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final List<Sending> sending = new ArrayList<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final Thread thread = new Thread(this::run, "scripted owner");
    private final CompletableFuture<String> end = new CompletableFuture<>();
    private volatile boolean stopped;
    private volatile boolean silent;

    ScriptedOwner(String display) throws ChannelException {
        x = XConnection.open(display);
        atoms = new XAtoms(x);
        properties = new XProperties(x);
        window = x.createWindow(1 << 17 | 1 << 22);
    }

    ScriptedOwner answering(String target, Answer answer) {
        answers.put(target, answer);
        return this;
    }

    ScriptedOwner text(String text) {
        return answering(
                "UTF8_STRING",
                new Answer.Bytes("UTF8_STRING", 8, text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    /** Answers nothing at all, not even TARGETS. */
    ScriptedOwner silent() {
        silent = true;
        return this;
    }

    int window() {
        return window;
    }

    /** Claims the selection and starts to answer; the server has seen this and all earlier claims when it returns. */
    ScriptedOwner own(String selection) throws ChannelException {
        claim(selection);
        Takeover.owner(x, atoms.of(selection));
        thread.start();
        return this;
    }

    /** Claims without answering; for use before {@link #own} only. */
    void claim(String selection) throws ChannelException {
        Xcb.xcb_set_selection_owner(x.handle(), window, atoms.of(selection), 0);
        x.flush();
    }

    private void run() {
        try {
            while (!stopped) {
                for (XEvent event = x.next(); event != null; event = x.next()) {
                    switch (event) {
                        case XEvent.ConvertRequested request -> answer(request);
                        case XEvent.PropertyChanged changed -> sendMore(changed);
                        default -> {}
                    }
                }
                x.flush();
                if (!stopped) {
                    x.await(TimeUnit.MILLISECONDS.toNanos(50));
                }
            }
            end.complete("");
        } catch (ChannelException e) {
            end.complete(String.valueOf(e.getMessage()));
        }
    }

    private void answer(XEvent.ConvertRequested request) throws ChannelException {
        String target = atoms.nameOf(request.target());
        synchronized (asked) {
            asked.merge(target, 1, Integer::sum);
        }
        if (silent) {
            return;
        }
        if (target.equals("TARGETS")) {
            int[] offered = new int[answers.size()];
            int i = 0;
            for (String name : answers.keySet()) {
                offered[i++] = atoms.of(name);
            }
            properties.write(request.requestor(), request.property(), XAtoms.ATOM, offered);
            notify(request, request.property());
            return;
        }
        switch (answers.getOrDefault(target, new Answer.Refusal())) {
            case Answer.Bytes bytes -> {
                properties.write(
                        request.requestor(), request.property(), atoms.of(bytes.type()), bytes.format(), bytes.value());
                notify(request, request.property());
            }
            case Answer.Incremental incremental -> {
                x.selectEvents(request.requestor(), 1 << 22);
                sending.add(new Sending(request.requestor(), request.property(), incremental, new int[2]));
                properties.write(request.requestor(), request.property(), atoms.of("INCR"), incremental.value().length);
                notify(request, request.property());
            }
            case Answer.Refusal refusal -> notify(request, 0);
            case Answer.Silence silence -> {}
        }
    }

    private void sendMore(XEvent.PropertyChanged changed) throws ChannelException {
        if (!changed.deleted()) {
            return;
        }
        for (Sending transfer : List.copyOf(sending)) {
            Answer.Incremental answer = transfer.answer();
            if (transfer.window() != changed.window()
                    || transfer.property() != changed.property()
                    || transfer.sent()[1]++ == answer.after()) {
                continue;
            }
            int from = transfer.sent()[0];
            int to = Math.min(answer.value().length, from + answer.piece());
            transfer.sent()[0] = to;
            properties.write(
                    transfer.window(),
                    transfer.property(),
                    atoms.of(answer.type()),
                    8,
                    java.util.Arrays.copyOfRange(answer.value(), from, to));
            if (from == to) {
                sending.remove(transfer);
            }
        }
    }

    private void notify(XEvent.ConvertRequested request, int property) {
        byte[] event = XWords.bytes(
                31, request.time(), request.requestor(), request.selection(), request.target(), property, 0, 0);
        event[0] = 31;
        Xcb.xcb_send_event(x.handle(), (byte) 0, request.requestor(), 0, event);
    }

    /** Tells a window that something has been dropped on it (XDND 5, XdndDrop). */
    void drop(int target) throws ChannelException {
        byte[] event = XWords.bytes(33, target, atoms.of("XdndDrop"), window, 0, 0, 0, 0);
        event[0] = 33;
        event[1] = 32;
        Xcb.xcb_send_event(x.handle(), (byte) 0, target, 0, event);
        x.flush();
    }

    /** How often it was asked for {@code target}. */
    int asked(String target) {
        synchronized (asked) {
            return asked.getOrDefault(target, 0);
        }
    }

    @Override
    public void close() {
        stopped = true;
        x.wake();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        x.close();
    }
}
