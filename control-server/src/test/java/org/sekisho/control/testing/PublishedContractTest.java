package org.sekisho.control.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The judge is judged: what agrees passes, and each way to disagree is told. */
class PublishedContractTest {
    private static final String DOCUMENT = """
            {"openapi": "3.1.0",
             "paths": {
               "/things/{id}": {"put": {
                 "operationId": "setThing",
                 "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Wish"}}}},
                 "responses": {
                   "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                   "204": {},
                   "400": {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}}}},
               "/things/stream": {"get": {
                 "operationId": "streamThings",
                 "responses": {
                   "200": {"content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}}},
             "components": {"schemas": {
               "Wish": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
               "Problem": {"type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}},
               "Color": {"type": "string", "enum": ["RED", "BLUE"]},
               "Thing": {"type": "object", "required": ["id", "parts"], "properties": {
                 "id": {"type": "integer"},
                 "color": {"$ref": "#/components/schemas/Color"},
                 "note": {"type": ["string", "null"]},
                 "box": {"type": ["object", "null"], "properties": {"size": {"type": "integer"}}},
                 "at": {"type": "string", "format": "date-time"},
                 "marks": {"type": "object", "additionalProperties": {"type": "string"}},
                 "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Wish"}}}}}}}
            """;
    private static final String WISH = "{\"name\": \"n\"}";
    private static final String THING = "{\"id\": 1, \"parts\": [{\"name\": \"p\"}]}";

    private PublishedContract contract;

    @BeforeEach
    void read() throws JsonProcessingException {
        contract = PublishedContract.of(new ObjectMapper().readTree(DOCUMENT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                THING,
                "{\"id\": 1, \"parts\": [], \"note\": null, \"color\": \"RED\"}",
                "{\"id\": 1, \"parts\": [], \"box\": null}",
                "{\"id\": 1, \"parts\": [], \"box\": {\"size\": 1}}",
                "{\"id\": 1, \"parts\": [], \"marks\": {\"any\": \"thing\"}, \"at\": \"2026-01-01T00:00:00Z\"}"
            })
    void whatTheDocumentSaysAgrees(String body) {
        assertThat(told(WISH, 200, "application/json;charset=UTF-8", body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"parts\": []}",
                "{\"id\": 1}",
                "{\"id\": 1, \"parts\": [], \"unheard\": 1}",
                "{\"id\": 1, \"parts\": [{\"name\": \"p\", \"unheard\": 1}]}",
                "{\"id\": 1, \"parts\": [{}]}",
                "{\"id\": 1, \"parts\": [], \"box\": {\"unheard\": 1}}",
                "{\"id\": \"1\", \"parts\": []}",
                "{\"id\": 1, \"parts\": [], \"color\": \"GREEN\"}",
                "{\"id\": 1, \"parts\": [], \"color\": null}",
                "{\"id\": 1, \"parts\": [], \"marks\": {\"any\": 1}}",
                "{\"id\": 1, \"parts\": [], \"at\": \"yesterday\"}",
                "[]",
                "{",
                ""
            })
    void anAnswerOfAnotherShapeIsTold(String body) {
        assertThat(told(WISH, 200, "application/json", body)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 303, 404, 500})
    void aStatusThatIsNotDocumentedIsTold(int status) {
        assertThat(told(WISH, status, "application/json", THING))
                .containsExactly("setThing (" + status + "): the status is not documented");
    }

    @Test
    void anotherTypeIsTold() {
        assertThat(told(WISH, 200, "text/plain", THING))
                .singleElement()
                .asString()
                .contains("text/plain");
    }

    @Test
    void aBodyWhereNoneIsDocumentedIsTold() {
        assertThat(told(WISH, 204, "", "")).isEmpty();
        assertThat(told(WISH, 204, "application/json", THING)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\": 1}", "{\"name\": \"n\", \"unheard\": true}"})
    void aRequestThatTheServerShouldNotHaveTakenIsTold(String request) {
        assertThat(told(request, 200, "application/json", THING))
                .singleElement()
                .asString()
                .contains("request: ");
        assertThat(told(request, 400, "application/problem+json", "{\"code\": \"bad\"}"))
                .isEmpty();
    }

    @Test
    void problemsAreHeldToTheirSchemaToo() {
        assertThat(told("{}", 400, "application/problem+json", "{\"code\": 7}")).hasSize(1);
    }

    @Test
    void whatIsAnsweredByDefaultIsNoSuccess() throws JsonProcessingException {
        contract = PublishedContract.of(new ObjectMapper().readTree(DOCUMENT.replace("\"400\"", "\"default\"")));

        assertThat(told(WISH, 409, "application/problem+json", "{\"code\": \"stale\"}"))
                .isEmpty();
        assertThat(told(WISH, 409, "application/problem+json", "{}")).hasSize(1);
        assertThat(told(WISH, 201, "application/problem+json", "{\"code\": \"stale\"}"))
                .hasSize(1);
    }

    @Test
    void aPathThatIsNotPublishedIsTold() {
        assertThat(contract.disagreements(new Exchange("PUT", "/other/7", null, 200, "application/json", THING)))
                .containsExactly("PUT /other/7: no such operation is published");
        assertThat(contract.disagreements(new Exchange("POST", "/things/7", null, 200, "application/json", THING)))
                .hasSize(1);
    }

    @Test
    void eachOfAStreamsEventsIsHeldToItsSchema() {
        assertThat(streamed("event: thing\ndata: " + THING + "\n\n: beat\n\n")).isEmpty();
        assertThat(streamed("data: " + THING + "\n\ndata: {}\n\n")).hasSize(2);
    }

    @Test
    void anotherDialectIsNotGuessedAt() throws JsonProcessingException {
        var older = new ObjectMapper().readTree(DOCUMENT.replace("3.1.0", "3.0.3"));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> PublishedContract.of(older))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> streamed(String body) {
        return contract.disagreements(new Exchange("GET", "/things/stream", null, 200, "text/event-stream", body));
    }

    private List<String> told(@Nullable String request, int status, String type, String body) {
        return contract.disagreements(new Exchange("PUT", "/things/7?x=y", request, status, type, body));
    }
}
