package org.sekisho.agent.channel.clipboard.x11;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sekisho.agent.channel.clipboard.ContentVault;
import org.sekisho.agent.channel.clipboard.SessionClipboard;
import org.sekisho.agent.channel.clipboard.SessionClipboardContract;

/** The contract, on a real X server with xclip as the other program. */
final class X11ClipboardTest extends SessionClipboardContract {
    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    @Override
    protected SessionClipboard open(ContentVault vault, long maxBytes) {
        return new X11Clipboard(xvfb.display(), vault, () -> maxBytes);
    }

    @Override
    protected void copy(String text) throws Exception {
        xvfb.run(text.getBytes(UTF_8), "sh", "-c", "xclip -i -selection clipboard >/dev/null 2>&1");
    }

    @Override
    protected Optional<String> paste() throws Exception {
        byte[] out = xvfb.run(new byte[0], "xclip", "-o", "-selection", "clipboard", "-t", "UTF8_STRING");
        return out.length == 0 ? Optional.empty() : Optional.of(new String(out, UTF_8));
    }
}
