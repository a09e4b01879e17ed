package org.sekisho.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleRoutesTest {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        Router router = Router.router(vertx);
        new ConsoleRoutes().install(router);
        router.get("/").handler(context -> context.end("document"));
        router.get("/assets/index-1a2b.js")
                .handler(context -> context.response()
                        .putHeader("Cache-Control", "public, max-age=86400")
                        .end("script"));
        router.get("/api/v1/terminals").handler(context -> context.end("terminals"));
        server = await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server.actualPort() + path);
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/terminals", "/incidents/41?state=NEW", "/policies/my-number/7", "/setup?token=x", "/apis"
            })
    void everyPageIsTheDocumentAndIsAskedForAnew(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.body()).isEqualTo("document");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
    }

    @Test
    void builtFilesAreKept() throws Exception {
        HttpResponse<String> answer = get("/assets/index-1a2b.js");

        assertThat(answer.body()).isEqualTo("script");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/assets/gone.js", "/favicon.ico", "/api/v1/nothing", "/q/nothing", "/api"})
    void whatIsNotThereIsNotTheDocument(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Cache-Control").orElse("")).doesNotContain("max-age");
    }

    @Test
    void theInterfaceIsLeftAlone() throws Exception {
        assertThat(get("/api/v1/terminals").body()).isEqualTo("terminals");
    }
}
