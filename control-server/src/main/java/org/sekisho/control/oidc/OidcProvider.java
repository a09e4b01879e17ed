package org.sekisho.control.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.oidc.OidcRequests.UnderWay;

/** The city's identity provider, as a confidential client talks to it. Thread-safe. */
@Singleton
public class OidcProvider {
    /** Metadata and keys are some kilobytes. */
    private static final int MAX_BYTES = 256 * 1024;
    /** As signed by everybody who is certified; {@code none} and shared secrets are not taken. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    private final OidcSettings settings;
    private final OidcRequests requests;
    private final int patience;

    @Inject
    OidcProvider(OidcSettings settings, OidcRequests requests) {
        this.settings = settings;
        this.requests = requests;
        this.patience = Math.toIntExact(settings.patience().toMillis());
        settings.issuer().ifPresent(issuer -> {
            if (!"https".equals(issuer.getScheme())) {
                throw new IllegalArgumentException("sekisho.oidc.issuer must begin with https://, is " + issuer);
            }
        });
    }

    /** What the console calls it; empty: there is none. */
    public Optional<String> name() {
        return settings.issuer().map(issuer -> settings.name());
    }

    /** Begins a sign-in; {@code state} must come again with the answer, from the same browser. */
    public URI begin(String state, URI callback) throws OidcRefusedException {
        UnderWay request = new UnderWay(new Nonce(), new CodeVerifier());
        OIDCProviderMetadata provider = metadata();
        requests.keep(state, request);
        Scope scope = Scope.parse("openid " + settings.scopes());
        return new AuthenticationRequest.Builder(ResponseType.CODE, scope, client(), callback)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(request.nonce())
                .codeChallenge(request.verifier(), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Whom the provider vouches for with this code. */
    public ProvenPerson finish(String state, String code, URI callback) throws OidcRefusedException {
        UnderWay request = requests.take(state)
                .orElseThrow(() -> new OidcRefusedException("the sign-in is unknown, used up or too old"));
        OIDCProviderMetadata provider = metadata();
        try {
            TokenRequest question = new TokenRequest.Builder(
                            provider.getTokenEndpointURI(),
                            new ClientSecretBasic(client(), secret()),
                            new AuthorizationCodeGrant(new AuthorizationCode(code), callback, request.verifier()))
                    .build();
            TokenResponse answer = OIDCTokenResponseParser.parse(
                    bounded(question.toHTTPRequest()).send());
            if (!(answer instanceof OIDCTokenResponse tokens)) {
                throw new OidcRefusedException("the provider gives no token for this code");
            }
            return person(provider, tokens, request.nonce());
        } catch (GeneralException | IOException e) {
            throw new OidcRefusedException("asking the provider for the token failed", e);
        }
    }

    private ProvenPerson person(OIDCProviderMetadata provider, OIDCTokenResponse tokens, Nonce nonce)
            throws OidcRefusedException, IOException {
        JWSAlgorithm algorithm =
                tokens.getOIDCTokens().getIDToken().getHeader().getAlgorithm() instanceof JWSAlgorithm signed
                        ? signed
                        : JWSAlgorithm.parse("none");
        if (!ALGORITHMS.contains(algorithm)) {
            throw new OidcRefusedException("the ID token is not signed as it should be");
        }
        try {
            DefaultResourceRetriever keys = new DefaultResourceRetriever(patience, patience, MAX_BYTES, true, trust());
            IDTokenClaimsSet claims = new IDTokenValidator(
                            provider.getIssuer(),
                            client(),
                            algorithm,
                            provider.getJWKSetURI().toURL(),
                            keys)
                    .validate(tokens.getOIDCTokens().getIDToken(), nonce);
            String subject = claims.getSubject().getValue();
            String name = claims.getStringClaim(settings.nameClaim());
            return new ProvenPerson(
                    claims.getIssuer().getValue(),
                    subject,
                    name == null ? subject : name,
                    texts(claims.getClaim(settings.groupsClaim())));
        } catch (BadJOSEException | JOSEException e) {
            throw new OidcRefusedException("the ID token does not hold", e);
        }
    }

    private static Set<String> texts(@Nullable Object claim) {
        Set<String> texts = new HashSet<>();
        if (claim instanceof String one) {
            texts.add(one);
        } else if (claim instanceof Collection<?> several) {
            several.forEach(one -> texts.add(String.valueOf(one)));
        }
        return texts;
    }

    /** Asked anew each time: sign-ins are few, and keys and addresses change. */
    private OIDCProviderMetadata metadata() throws OidcRefusedException {
        Issuer issuer = new Issuer(settings.issuer()
                .orElseThrow(() -> new OidcRefusedException("no identity provider is set (sekisho.oidc.issuer)")));
        try {
            return OIDCProviderMetadata.resolve(issuer, this::bound);
        } catch (GeneralException | IOException e) {
            throw new OidcRefusedException("the provider's description could not be read", e);
        }
    }

    private HTTPRequest bounded(HTTPRequest request) throws IOException {
        bound(request);
        return request;
    }

    private void bound(HTTPRequest request) {
        request.setConnectTimeout(patience);
        request.setReadTimeout(patience);
        request.setFollowRedirects(false);
        SSLSocketFactory trust = trust();
        if (trust != null) {
            request.setSSLSocketFactory(trust);
        }
    }

    private @Nullable SSLSocketFactory trust() {
        return settings.ca().map(ProviderTrust::of).orElse(null);
    }

    private ClientID client() {
        return new ClientID(settings.clientId()
                .orElseThrow(() -> new IllegalStateException("sekisho.oidc.issuer needs sekisho.oidc.client-id")));
    }

    private Secret secret() throws IOException {
        return new Secret(Files.readString(settings.secretFile()
                        .orElseThrow(
                                () -> new IllegalStateException("sekisho.oidc.issuer needs sekisho.oidc.secret-file")))
                .strip());
    }
}
