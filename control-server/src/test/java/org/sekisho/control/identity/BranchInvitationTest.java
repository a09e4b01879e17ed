package org.sekisho.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.ServerUnderTest;

@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class BranchInvitationTest {
    private final Api administrator = Api.administrator();
    private final String bureau = "局" + UUID.randomUUID();
    private final Api limited = administrator.withRoles(Api.role(Role.Name.ADMINISTRATOR, bureau));

    private static Answer invite(Api by, Map<String, String> role) {
        return by.post("/api/v1/invitations", Map.of("name", "n" + UUID.randomUUID(), "roles", List.of(role)));
    }

    private List<JsonNode> seen() {
        return limited.get("/api/v1/invitations").json().get("items").findValues("id");
    }

    @Test
    void anAdministratorOfABranchInvitesForItAlone() {
        for (Map<String, String> wanted :
                List.of(Api.role(Role.Name.RESPONDER), Api.role(Role.Name.RESPONDER, bureau + "分室"))) {
            assertThat(invite(limited, wanted).status()).as(wanted.toString()).isEqualTo(403);
        }
        assertThat(seen()).isEmpty();

        Answer made = invite(limited, Api.role(Role.Name.RESPONDER, bureau + "/市民課"));
        assertThat(made.status()).isEqualTo(201);
        assertThat(seen()).containsExactly(made.json().get("id"));
        assertThat(limited.delete("/api/v1/invitations/" + made.json().get("id").asText())
                        .status())
                .isBetween(200, 299);
    }

    @Test
    void othersInvitationsDoNotExist() {
        JsonNode foreign = invite(administrator, Api.role(Role.Name.RESPONDER, bureau + "分室"))
                .json()
                .get("id");
        String path = "/api/v1/invitations/" + foreign.asText();

        assertThat(seen()).isEmpty();
        assertThat(limited.delete(path).status()).isEqualTo(404);
        assertThat(administrator.delete(path).status())
                .as("the refusal has withdrawn nothing")
                .isBetween(200, 299);
    }
}
