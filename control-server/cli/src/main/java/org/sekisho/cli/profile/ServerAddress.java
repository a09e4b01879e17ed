package org.sekisho.cli.profile;

import java.net.URI;
import java.net.URISyntaxException;
import org.sekisho.cli.CommandFailure;
import org.sekisho.cli.ExitCodes;
import org.sekisho.cli.Texts;

/** Reads a server's address as operators type it. */
public final class ServerAddress {
    private final Texts texts;

    public ServerAddress(Texts texts) {
        this.texts = texts;
    }

    /** {@code https://host[:port]} without anything after it; a token never goes over another scheme. */
    public URI parse(String text) {
        try {
            URI uri = new URI(text.strip());
            String path = uri.getPath();
            boolean bare = path == null || path.isEmpty() || path.equals("/");
            if ("https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && bare
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null) {
                return new URI("https", null, uri.getHost(), uri.getPort(), null, null, null);
            }
        } catch (URISyntaxException e) {
            throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("server.bad-address", text), e);
        }
        throw new CommandFailure(ExitCodes.UNUSABLE, texts.text("server.bad-address", text));
    }
}
