package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.AWTError;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Shows one notice in a window and ends with it. Prints the reason that the user typed, if one was asked for; ends with
 * {@value #DECLINED} if they gave none, and with another status than 0 if no window could be shown.
 */
@Command(
        name = "notice",
        hidden = true,
        mixinStandardHelpOptions = true,
        resourceBundle = "org.sekisho.agent.desktop.messages")
public final class NoticeCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    /** Not what a command ends with that fails. */
    static final int DECLINED = 3;

    /** Far above {@link NoticeText#MOST_CHARACTERS}, escaped. */
    private static final int MOST_BYTES = 16 * 1024;

    @Override
    public Integer call() throws Exception {
        NoticeText notice = NoticeText.read(new String(System.in.readNBytes(MOST_BYTES), UTF_8));
        Optional<String> reason;
        try {
            reason = new NoticeWindow(notice).show();
        } catch (LinkageError | AWTError | InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            System.err.println("No window can be shown on this display (" + cause
                    + "). Windows take a font and the X11 libraries libxext6, libxi6, libxrender1 and libxtst6.");
            return FAILED;
        }
        if (reason.isEmpty()) {
            return notice.asksForReason() ? DECLINED : 0;
        }
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        out.print(reason.get());
        out.flush();
        return 0;
    }
}
