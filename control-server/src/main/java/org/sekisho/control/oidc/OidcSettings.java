package org.sekisho.control.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The city's identity provider, if it has one. Names are {@code sekisho.oidc.…}. */
@ConfigMapping(prefix = "sekisho.oidc")
public interface OidcSettings {
    /** The provider's issuer, {@code https://…}; absent: there is none. */
    Optional<URI> issuer();

    /** Under which this server is registered there; needed with an issuer. */
    Optional<String> clientId();

    /** File with the client's secret, which only the server's account can read; needed with an issuer. */
    Optional<Path> secretFile();

    /** PEM file with the authority that vouches for the provider; absent: those that the Java runtime trusts. */
    Optional<Path> ca();

    /** What the console's button calls it. */
    @WithDefault("OpenID Connect")
    String name();

    /** What to ask for besides {@code openid}. */
    @WithDefault("profile")
    String scopes();

    /** Claim of the ID token that names its person. */
    @WithDefault("name")
    String nameClaim();

    /** Claim of the ID token with the person's groups: a text or a list of texts. */
    @WithDefault("groups")
    String groupsClaim();

    /** Which role a group gives: {@code auditor}, or {@code responder:総務部/税務課} for a branch. Other groups give none. */
    Map<String, String> roles();

    /** Limit for each question to the provider. */
    @WithDefault("10s")
    Duration patience();
}
