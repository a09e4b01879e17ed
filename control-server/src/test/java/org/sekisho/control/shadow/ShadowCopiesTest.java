package org.sekisho.control.shadow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.ServerUnderTest;
import org.sekisho.control.testing.TestShadow;
import org.sekisho.control.testing.TestTerminal;

/** Which copies there are, who sees them, and when they are gone. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class ShadowCopiesTest extends ShadowRig {
    @Inject
    ShadowRetention retention;

    @Test
    void listsArePagedNewestFirst() {
        List<String> sent = new ArrayList<>();
        for (int number = 0; number < 5; number++) {
            sent.addFirst(sent(10).id());
        }
        List<String> listed = new ArrayList<>();
        String path = "/api/v1/shadow-copies?state=KEPT&limit=2&terminal=" + terminal.id();
        JsonNode page = api.get(path).json();
        while (true) {
            page.get("items").forEach(item -> listed.add(item.get("id").asText()));
            if (page.get("next").isNull()) {
                break;
            }
            page = api.get(path + "&after=" + page.get("next").asText()).json();
        }

        assertThat(listed).containsExactlyElementsOf(sent);
        assertThat(api.get("/api/v1/shadow-copies?state=FAILED&terminal=" + terminal.id())
                        .json()
                        .get("items"))
                .isEmpty();
        assertThat(api.get("/api/v1/shadow-copies?after=x").status()).isEqualTo(400);
        refused(api.get("/api/v1/shadow-copies/x%00"), 404, "not-found");
    }

    @Test
    void aListShowsTheOpeningsOfEachCopy() {
        TestShadow opened = sent(10);
        TestShadow untouched = sent(10);
        asked(opened, sato);
        asked(opened, suzuki);

        JsonNode items = api.get("/api/v1/shadow-copies?terminal=" + terminal.id())
                .json()
                .get("items");
        assertThat(items.get(0).get("id").asText()).isEqualTo(untouched.id());
        assertThat(items.get(0).get("openings")).isEmpty();
        assertThat(items.get(1).get("openings").findValuesAsText("reader")).containsExactly(suzuki.name(), sato.name());
    }

    @Test
    void whoIsLimitedToABranchSeesAndDoesNothingElsewhere() {
        String bureau = "総務部" + UUID.randomUUID();
        TestShadow own = sent(TestTerminal.enrolIn(api, bureau + "/税務課"), 10);
        TestShadow foreign = sent(TestTerminal.enrolIn(api, bureau + "分室"), 10);
        TestShadow unplaced = sent(10);
        Api limited = api.withRoles(Api.role("responder", bureau));

        assertThat(limited.get("/api/v1/shadow-copies?limit=500")
                        .json()
                        .get("items")
                        .findValuesAsText("id"))
                .containsExactly(own.id());
        assertThat(limited.get(path(own)).status()).isEqualTo(200);
        for (TestShadow hidden : List.of(foreign, unplaced)) {
            refused(limited.get(path(hidden)), 404, "not-found");
            refused(ask(hidden, limited), 404, "not-found");
            String opening = asked(hidden, sato);
            for (String part : List.of("/seal", "/approved", "/content")) {
                refused(limited.get(opening + part), 404, "not-found");
            }
        }
    }

    @Test
    void aCopyIsGoneWhenItsTimeIsOverAndItsRecordStays() {
        TestShadow over = sent(600_000);
        TestShadow stays = sent(10);
        Instant kept = Instant.parse(api.get(path(over)).json().get("keptAt").asText());
        assertThat(Instant.parse(api.get(path(over)).json().get("expiresAt").asText()))
                .isEqualTo(kept.plus(Duration.ofDays(90)));
        String opening = asked(over, sato);
        int before = parts();
        set(over, "expires_at", "-1 s");

        retention.expire();

        assertThat(parts()).isEqualTo(before - 3);
        JsonNode view = api.get(path(over)).json();
        assertThat(view.get("state").asText()).isEqualTo("EXPIRED");
        assertThat(view.get("bytes").asLong()).isEqualTo(600_000);
        refused(suzuki.api().get(opening + "/seal"), 409, "not-kept");
        refused(ask(over, tanaka.api()), 409, "not-kept");
        assertThat(api.get(path(stays)).json().get("state").asText()).isEqualTo("KEPT");
        assertThat(audited(over)).containsExactly(sato.name() + " shadow-copy.ask", "- shadow-copy.expire");
        retention.expire();
        assertThat(audited(over)).hasSize(2);
    }

    @Test
    void itsRecordGoesWhenEventsGo() {
        TestShadow old = sent(10);
        TestShadow newer = sent(10);
        asked(old, sato);
        for (TestShadow copy : List.of(old, newer)) {
            set(copy, "expires_at", "-1 s");
        }
        // Events are kept for 1,096 days.
        set(old, "known_at", "-1097 days");
        set(newer, "known_at", "-1095 days");

        retention.expire();

        refused(api.get(path(old)), 404, "not-found");
        assertThat(api.get(path(newer)).json().get("state").asText()).isEqualTo("EXPIRED");
    }

    @Test
    void whatADeadReplicaHadHalfIsDeleted() {
        UUID content = UUID.randomUUID();
        jdbi.useHandle(handle -> {
            handle.execute(
                    "INSERT INTO shadow_upload VALUES (?, ?, 10, now() - interval '9 min')", terminal.id(), content);
            handle.execute("INSERT INTO shadow_part VALUES (?, 0, 'x')", content);
        });
        int before = parts();
        retention.discardSilent();
        assertThat(parts()).isEqualTo(before);

        jdbi.useHandle(handle -> handle.execute(
                "UPDATE shadow_upload SET heard_at = now() - interval '11 min' WHERE content = ?", content));
        retention.discardSilent();
        assertThat(parts()).isEqualTo(before - 1);
    }

    private int parts() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM shadow_part")
                .mapTo(Integer.class)
                .one());
    }
}
