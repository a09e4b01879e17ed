package org.sekisho.packaging.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sekisho.agent.os.linux.Xcb;

/** A program that copies text: it owns the CLIPBOARD and serves TARGETS and UTF8_STRING on a thread of its own. */
public final class XSource implements AutoCloseable {
    /** How late it may notice that it is to end; no request waits for this. */
    private static final Duration LOOK_UP = Duration.ofMillis(50);

    private final XClient x;
    private final int clipboard;
    private final int targets;
    private final int utf8;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread thread = new Thread(this::serve, "x-source");
    private volatile byte[] text = new byte[0];
    private volatile boolean stopped;

    public XSource(VirtualDisplay display) throws IOException {
        x = new XClient(display);
        clipboard = x.atom("CLIPBOARD");
        targets = x.atom("TARGETS");
        utf8 = x.atom("UTF8_STRING");
        thread.start();
    }

    /** Its window, which XFixes names as owner. */
    public int window() {
        return x.window();
    }

    /** Claims the CLIPBOARD for {@code copied}; libxcb lets a second thread send. */
    public void copy(String copied) throws IOException {
        if (end.isDone()) {
            end.join();
        }
        text = copied.getBytes(StandardCharsets.UTF_8);
        Xcb.xcb_set_selection_owner(x.handle(), x.window(), clipboard, 0);
        x.flush();
    }

    private void serve() {
        try {
            while (!stopped) {
                if (x.next(LOOK_UP) instanceof XNotice.Plain event && event.type() == XClient.SELECTION_REQUEST) {
                    answer(event.words());
                    x.flush();
                }
            }
            end.complete(null);
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** SelectionRequest: time, owner, requestor, selection, target and property are words 1 to 6. */
    private void answer(int[] request) {
        int requestor = request[3];
        int target = request[5];
        int property = request[6];
        if (target == targets) {
            x.write(requestor, property, XClient.ATOM, 32, XClient.words(targets, utf8));
        } else if (target == utf8) {
            x.write(requestor, property, utf8, 8, text);
        } else {
            property = 0;
        }
        x.send(requestor, XClient.SELECTION_NOTIFY, request[1], requestor, request[4], target, property);
    }

    /** @throws CompletionException if serving had failed */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        x.close();
        end.join();
    }
}
