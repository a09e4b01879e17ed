package org.sekisho.control.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How operators sign in, and for how long. Names are {@code sekisho.sign-in.…}. */
@ConfigMapping(prefix = "sekisho.sign-in")
public interface SignInSettings {
    /**
     * Whether an operator token opens the console too. Off: a token can be copied and given away, a passkey can't. For
     * trying the product where there is no authenticator.
     */
    @WithDefault("false")
    boolean operatorToken();

    /**
     * Domain that passkeys are bound to: the console's host name or a parent of it. Changing it voids all passkeys. Absent:
     * the host name in {@code sekisho.public-url}.
     */
    Optional<String> domain();

    /** Further addresses under which people open the console, such as {@code https://sekisho.city.example}. */
    Optional<List<URI>> origins();

    /** How long an answer to a passkey's challenge is waited for; browsers give up after five minutes too. */
    @WithDefault("5m")
    Duration challengeLife();

    /** A session ends this long after sign-in: a working day, so that nobody stays signed in overnight. */
    @WithDefault("12h")
    Duration sessionLife();

    /**
     * A session ends after so long without its person doing anything. OWASP ASVS 5.0 (7.3.1) asks for such a time; thirty
     * minutes suit a desk that also has a lock.
     */
    @WithDefault("30m")
    Duration sessionIdle();

    /** Sessions that one operator may have; the oldest ends when there would be more. A desk, a meeting room, a spare. */
    @WithDefault("5")
    int sessionsPerOperator();

    /** How long an invitation holds if the inviter says nothing: a weekend and a day. */
    @WithDefault("72h")
    Duration invitationLife();

    /** Failures of one address, or on one account, within {@link #failureWindow} before it must wait. */
    @WithDefault("20")
    int failuresPerSource();

    /** Failures on one account, from wherever they come. */
    @WithDefault("10")
    int failuresPerAccount();

    /**
     * Things that one address may begin without being signed in (a challenge, a device's request) within
     * {@link #failureWindow}: each is a row in the database until it ends. A whole office behind one address signs in.
     */
    @WithDefault("300")
    int beginningsPerSource();

    /** The time in which failures and beginnings are counted. */
    @WithDefault("5m")
    Duration failureWindow();

    /** How long a command waits for its approval at the console. */
    @WithDefault("10m")
    Duration deviceLife();

    /** How long a command's token holds if its approver says nothing. */
    @WithDefault("7d")
    Duration deviceTokenLife();
}
