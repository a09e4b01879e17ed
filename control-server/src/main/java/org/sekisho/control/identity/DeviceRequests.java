package org.sekisho.control.identity;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.control.store.Times;

/**
 * Commands that wait to be let in by somebody at the console (RFC 8628), in the database, so that any replica answers.
 * Thread-safe; joins the caller's transaction.
 */
@Singleton
class DeviceRequests {
    /** Between two questions (RFC 8628, 3.2: five seconds where nothing is said); a person types for longer than that. */
    static final int PACE_SECONDS = 5;

    private static final String DEVICE = "device-code";
    /** RFC 8628, 6.1: consonants that no one mixes up, and that spell no word; 20^8 codes. */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";

    private static final int LENGTH = 8;
    /** At once; beyond any honest use, and few enough that no code is guessed. */
    private static final int MOST = 1_000;

    private final Jdbi jdbi;
    private final SecureRandom random = new SecureRandom();

    @Inject
    DeviceRequests(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Begun begin(String client, String address, Duration life) {
        Secret device = Secret.generate("skd");
        String userCode = userCode();
        int inserted = jdbi.withHandle(handle -> {
            handle.execute("DELETE FROM device_request WHERE hash IN (SELECT hash FROM device_request"
                    + " WHERE expires_at < now() LIMIT 1000 FOR UPDATE SKIP LOCKED)");
            return handle.createUpdate("""
                            INSERT INTO device_request (hash, user_code, client, address, expires_at, pace)
                            SELECT :hash, :code, :client, :address, now() + make_interval(secs => :life), :pace
                            WHERE (SELECT count(*) FROM device_request) < :most
                            ON CONFLICT DO NOTHING""")
                    .bind("hash", device.hash(DEVICE))
                    .bind("code", userCode)
                    .bind("client", client)
                    .bind("address", address)
                    .bind("life", life.toSeconds())
                    .bind("pace", PACE_SECONDS)
                    .bind("most", MOST)
                    .execute();
        });
        if (inserted == 0) {
            throw new ProblemException(429, "too-many", "Too many sign-ins are under way; try again in a few minutes");
        }
        return new Begun(device, userCode);
    }

    /** One that waits for a decision. */
    Optional<Waiting> waiting(String userCode) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT * FROM device_request WHERE user_code = :code AND state = 'PENDING' AND expires_at > now()")
                .bind("code", normal(userCode))
                .map((row, context) -> Waiting.of(row))
                .findOne());
    }

    /** Of two decisions the first counts; false: it was decided or too old. */
    boolean approve(String userCode, UUID operator, Grants grants, Instant tokenUntil) {
        return jdbi.withHandle(handle -> handle.createUpdate("""
                                UPDATE device_request SET state = 'APPROVED', operator = :operator, grants = :grants, token_until = :until
                                WHERE user_code = :code AND state = 'PENDING' AND expires_at > now()""")
                        .bind("operator", operator)
                        .bindArray("grants", String.class, (Object[]) grants.texts())
                        .bind("until", Times.sql(tokenUntil))
                        .bind("code", normal(userCode))
                        .execute()
                == 1);
    }

    boolean deny(String userCode) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                                "UPDATE device_request SET state = 'DENIED' WHERE user_code = :code AND state = 'PENDING' AND expires_at > now()")
                        .bind("code", normal(userCode))
                        .execute()
                == 1);
    }

    /** What the command that holds this code is told; a decision is told once. */
    Answer ask(Secret device) {
        if (!device.plausible()) {
            return new Expired();
        }
        byte[] hash = device.hash(DEVICE);
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT *, asked_at IS NOT NULL AND asked_at > now() - make_interval(secs => pace) AS hasty
                        FROM device_request WHERE hash = :hash AND expires_at > now() FOR UPDATE""")
                .bind("hash", hash)
                .map((row, context) -> answer(row))
                .findOne()
                .map(answer -> {
                    handle.createUpdate(
                                    switch (answer) {
                                        case Pending pending ->
                                            "UPDATE device_request SET asked_at = now() WHERE hash = :hash";
                                        case Hasty hasty ->
                                            // RFC 8628, 3.5: slower by five seconds from then on.
                                            "UPDATE device_request SET asked_at = now(), pace = pace + 5 WHERE hash = :hash";
                                        case Denied denied -> "DELETE FROM device_request WHERE hash = :hash";
                                        case Approved approved -> "DELETE FROM device_request WHERE hash = :hash";
                                        case Expired expired -> "DELETE FROM device_request WHERE hash = :hash";
                                    })
                            .bind("hash", hash)
                            .execute();
                    return answer;
                })
                .orElseGet(Expired::new));
    }

    private static Answer answer(ResultSet row) throws SQLException {
        if (row.getBoolean("hasty")) {
            return new Hasty();
        }
        return switch (row.getString("state")) {
            case "APPROVED" ->
                new Approved(
                        row.getObject("operator", UUID.class),
                        Grants.read(row, "grants"),
                        Times.instant(row, "token_until"),
                        row.getString("client"));
            case "DENIED" -> new Denied();
            default -> new Pending();
        };
    }

    private String userCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    /** As people type it: in any case, with or without the dash. */
    private static String normal(@Nullable String typed) {
        return typed == null ? "" : typed.replaceAll("[\\s-]", "").toUpperCase(java.util.Locale.ROOT);
    }

    /** A code as it is shown. */
    static String shown(String userCode) {
        return userCode.substring(0, LENGTH / 2) + "-" + userCode.substring(LENGTH / 2);
    }

    record Begun(Secret device, String userCode) {}

    record Waiting(String userCode, String client, String address, Instant createdAt, Instant expiresAt) {
        static Waiting of(ResultSet row) throws SQLException {
            return new Waiting(
                    row.getString("user_code"),
                    row.getString("client"),
                    row.getString("address"),
                    Times.instant(row, "created_at"),
                    Times.instant(row, "expires_at"));
        }
    }

    /** RFC 8628, 3.5. */
    sealed interface Answer {}

    record Pending() implements Answer {}

    record Hasty() implements Answer {}

    record Denied() implements Answer {}

    record Expired() implements Answer {}

    record Approved(UUID operator, Grants grants, Instant tokenUntil, String client) implements Answer {}
}
