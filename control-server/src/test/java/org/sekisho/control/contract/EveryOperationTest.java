package org.sekisho.control.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sekisho.control.identity.Role;
import org.sekisho.control.testing.Api;
import org.sekisho.control.testing.Api.Answer;
import org.sekisho.control.testing.Exchange;
import org.sekisho.control.testing.PublishedContract;
import org.sekisho.control.testing.PublishedOperation;
import org.sekisho.control.testing.ServerUnderTest;

/** Document and server agree: each published operation is done once, by the document, and answers as the document says. */
@QuarkusTest
@QuarkusTestResource(ServerUnderTest.class)
class EveryOperationTest {
    @Inject
    Jdbi jdbi;

    @Test
    void everyPublishedOperationIsDoneAndAnswersAsPublished() {
        Api administrator = Api.administrator();
        PublishedContract contract = PublishedContract.of(administrator);
        Findings findings = new Findings(contract);
        PublishedClient client = PublishedClient.of(administrator, contract, findings);
        List<String> published =
                contract.operations().stream().map(PublishedOperation::id).toList();

        assertAll(Stream.of(
                        new ConsoleStory(client, jdbi).parts(),
                        new PeopleStory(client).parts(),
                        new TerminalStory(client).parts(),
                        new EventStory(client).parts(),
                        new IncidentStory(client).parts(),
                        new AlarmStory(client, jdbi).parts(),
                        new ReportStory(client, jdbi).parts(),
                        new SendingStory(client).parts(),
                        new PolicyStory(client).parts(),
                        new PermitStory(client).parts(),
                        new ShadowStory(client).parts(),
                        Stream.<Executable>of(
                                () -> assertThat(findings.disagreements()).isEmpty(),
                                () -> assertThat(findings.done()).containsExactlyInAnyOrderElementsOf(published)))
                .flatMap(parts -> parts));
    }

    @Test
    void whatIsRefusedAnswersAsPublishedToo() {
        Api administrator = Api.administrator();
        Api auditor = administrator.withRole(Role.Name.AUDITOR);
        PublishedContract contract = PublishedContract.of(administrator);
        Map<String, Object> unsound = Map.of("yaml", "x", "reason", "y");

        assertAll(Stream.of(
                        refused(401, "GET", "/api/v1/terminals", administrator.as(null)::get),
                        refused(401, "GET", "/api/v1/alarms/1", administrator.as(null)::get),
                        refused(403, "POST", "/api/v1/policies", path -> auditor.post(path, unsound)),
                        refused(403, "GET", "/api/v1/incidents/1/evidence", administrator::get),
                        refused(404, "GET", "/api/v1/terminals/unknown", administrator::get),
                        refused(404, "DELETE", "/api/v1/saved-searches/" + new UUID(0, 0), administrator::delete),
                        refused(400, "GET", "/api/v1/events?limit=0", administrator::get),
                        refused(400, "POST", "/api/v1/operators", path -> administrator.post(path, Map.of())),
                        refused(422, "POST", "/api/v1/policies", path -> administrator.post(path, unsound)))
                .map(exchange ->
                        () -> assertThat(contract.disagreements(exchange)).isEmpty()));
    }

    private static Exchange refused(int status, String method, String path, Function<String, Answer> deed) {
        Answer answer = deed.apply(path);
        assertThat(answer.status()).as(method + " " + path).isEqualTo(status);
        return Exchange.of(method, path, null, answer.response(), answer.bytes());
    }
}
