package org.sekisho.agent.channel.clipboard.windows;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Pointer;
import com.sun.jna.platform.win32.User32;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.os.windows.ClipboardApi;
import org.sekisho.agent.os.windows.GlobalMemory;

/**
 * A program of its own that copies and pastes, as any Windows program would: plain clipboard calls in a window's name.
 *
 * <p>Takes commands from standard input and answers each by one line:
 * {@code copy (FORMAT BASE64)…}, {@code copyandhold (FORMAT BASE64)…} (leaves the clipboard open), {@code release}, {@code
 * paste FORMAT} ({@code got BASE64} or {@code nothing}), {@code pasteall FORMAT…}, {@code watch MILLIS}, {@code formats},
 * {@code empty}, {@code storm COUNT} and {@code quit}.
 */
public final class ClipboardActor {
    private static final ClipboardApi CLIPBOARD = ClipboardApi.INSTANCE;
    private static final String QUIT = "quit";

    private final PrintStream out = new PrintStream(System.out, true, UTF_8);
    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();

    private ClipboardActor() {}

    public static void main(String[] arguments) throws Exception {
        new ClipboardActor().run(arguments.length > 0 ? arguments[0] : "");
    }

    private void run(String windowless) throws Exception {
        try (WindowsMessageWindow window = new WindowsMessageWindow((message, parameter) -> false)) {
            Thread reader = new Thread(this::readCommands, "commands");
            reader.setDaemon(true);
            reader.start();
            out.println("ready");
            for (String command = ""; !command.equals(QUIT); ) {
                window.handleNext(1);
                command = commands.poll();
                if (command == null) {
                    command = "";
                } else {
                    out.println(answer(windowless.equals("windowless") ? null : window, command));
                }
            }
        }
    }

    private void readCommands() {
        // Not System.in, which asks how much there is: Wine can't tell for a pipe of the host's.
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(new FileInputStream(FileDescriptor.in), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                commands.add(line);
            }
        } catch (IOException e) {
            out.println("error " + e);
        }
        commands.add(QUIT);
    }

    private static String answer(@Nullable WindowsMessageWindow window, String command) throws IOException {
        String[] words = command.split(" ", -1);
        return switch (words[0]) {
            case "copy" -> copy(window, words);
            case "copyandhold" -> open(window) ? put(words) : "failed to open";
            case "pasteall" -> within(window, () -> pasteAll(words));
            case "watch" -> watch(window, Integer.parseInt(words[1]));
            case "storm" -> storm(window, Integer.parseInt(words[1]));
            case "paste" -> within(window, () -> paste(number(words[1])));
            case "formats" -> within(window, ClipboardActor::formats);
            case "empty" -> within(window, () -> CLIPBOARD.EmptyClipboard() ? "ok" : "failed");
            case "release" -> CLIPBOARD.CloseClipboard() ? "ok" : "failed";
            case QUIT -> "bye";
            default -> "unknown " + words[0];
        };
    }

    private interface Act {
        String get() throws IOException;
    }

    private static String within(@Nullable WindowsMessageWindow window, Act act) throws IOException {
        if (!open(window)) {
            return "failed to open";
        }
        try {
            return act.get();
        } finally {
            CLIPBOARD.CloseClipboard();
        }
    }

    /** As programs do: a few tries, for the clipboard is open elsewhere now and then. */
    private static boolean open(@Nullable WindowsMessageWindow window) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            if (CLIPBOARD.OpenClipboard(window == null ? null : window.handle())) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    private static String copy(@Nullable WindowsMessageWindow window, String[] words) throws IOException {
        return within(window, () -> put(words));
    }

    private static String put(String[] words) throws IOException {
        CLIPBOARD.EmptyClipboard();
        for (int i = 1; i + 1 < words.length; i += 2) {
            byte[] bytes = Base64.getDecoder().decode(words[i + 1]);
            WindowsRendering rendering = WindowsRendering.of(bytes.length);
            rendering.append(bytes, bytes.length);
            rendering.handOver(number(words[i]));
        }
        return "ok";
    }

    private static String pasteAll(String[] formats) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i < formats.length; i++) {
            all.append(i == 1 ? "" : " ").append(paste(number(formats[i])));
        }
        return all.toString();
    }

    /** Reads whenever the clipboard's number has changed, as a clipboard manager does. */
    private static String watch(@Nullable WindowsMessageWindow window, int millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000L;
        int seen = 0;
        int read = 0;
        while (System.nanoTime() < end) {
            int number = CLIPBOARD.GetClipboardSequenceNumber();
            if (number != seen) {
                seen = number;
                read += within(window, () -> paste(WindowsFormats.CF_UNICODETEXT))
                                .equals("nothing")
                        ? 0
                        : 1;
            }
            Thread.onSpinWait();
        }
        return "read " + read;
    }

    private static String storm(@Nullable WindowsMessageWindow window, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            String text = Base64.getEncoder()
                    .encodeToString(("storm " + i + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_16LE));
            if (!copy(window, new String[] {"copy", "CF_UNICODETEXT", text}).equals("ok")) {
                return "failed at " + i;
            }
        }
        return "ok";
    }

    private static String paste(int format) {
        Pointer memory = CLIPBOARD.GetClipboardData(format);
        if (memory == null) {
            return "nothing";
        }
        Pointer bytes = GlobalMemory.INSTANCE.GlobalLock(memory);
        if (bytes == null) {
            return "nothing";
        }
        int size = GlobalMemory.INSTANCE.GlobalSize(memory).intValue();
        byte[] copy = bytes.getByteArray(0, size);
        GlobalMemory.INSTANCE.GlobalUnlock(memory);
        return "got " + Base64.getEncoder().encodeToString(copy);
    }

    private static String formats() {
        StringBuilder names = new StringBuilder("formats");
        for (WindowsFormats.Offered offered : offers()) {
            names.append(' ').append(offered.name().replace(' ', '_'));
        }
        return names.toString();
    }

    private static Iterable<WindowsFormats.Offered> offers() {
        Map<Integer, WindowsFormats.Offered> offers = new TreeMap<>();
        char[] name = new char[256];
        for (int id = CLIPBOARD.EnumClipboardFormats(0); id != 0; id = CLIPBOARD.EnumClipboardFormats(id)) {
            int length = CLIPBOARD.GetClipboardFormatName(id, name, name.length);
            offers.put(id, WindowsFormats.offered(id, new String(name, 0, Math.max(0, length))));
        }
        return offers.values();
    }

    /** Underscores in a registered name stand for blanks. */
    private static int number(String format) {
        return switch (format) {
            case "CF_TEXT" -> WindowsFormats.CF_TEXT;
            case "CF_UNICODETEXT" -> WindowsFormats.CF_UNICODETEXT;
            case "CF_DIB" -> WindowsFormats.CF_DIB;
            case "CF_HDROP" -> WindowsFormats.CF_HDROP;
            default -> User32.INSTANCE.RegisterClipboardFormat(format.replace('_', ' '));
        };
    }
}
