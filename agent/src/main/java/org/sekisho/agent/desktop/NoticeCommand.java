package org.sekisho.agent.desktop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows one notice in a window and ends with it. Prints the reason that the user typed, if one was asked for. */
@Command(
        name = "notice",
        hidden = true,
        mixinStandardHelpOptions = true,
        resourceBundle = "org.sekisho.agent.desktop.messages")
public final class NoticeCommand implements Callable<Integer> {
    private static final int DECLINED = 1;
    /** Far above {@link NoticeText#MOST_CHARACTERS}, escaped. */
    private static final int MOST_BYTES = 16 * 1024;

    @Override
    public Integer call() throws Exception {
        NoticeText notice = NoticeText.read(new String(System.in.readNBytes(MOST_BYTES), UTF_8));
        Optional<String> reason = new NoticeWindow(notice).show();
        if (reason.isEmpty()) {
            return notice.asksForReason() ? DECLINED : 0;
        }
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        out.print(reason.get());
        out.flush();
        return 0;
    }
}
