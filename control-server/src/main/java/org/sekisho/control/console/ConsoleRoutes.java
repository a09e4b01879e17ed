package org.sekisho.control.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Leads the console's deep links ({@code /incidents/41}) to its document, and tells browsers what to keep. Addresses
 * under {@code /api} and {@code /q}, and those that name a file, go on to who serves them. Stateless; runs on the event
 * loop.
 */
@ApplicationScoped
public class ConsoleRoutes {
    private static final String DOCUMENT = "/";
    /** Built files carry a digest of their content in their name, so that one never changes. */
    private static final String DIGESTED = "/assets/";

    private static final Pattern SERVED_BY_OTHERS = Pattern.compile("/(api|q)(/.*)?");
    private static final Pattern FILE = Pattern.compile(".*/[^/]*\\.[A-Za-z0-9]+");

    void install(@Observes Router router) {
        // One route for both: with two, a miss would be answered as a wrong method (405).
        router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(ConsoleRoutes::lead);
    }

    private static void lead(RoutingContext context) {
        String path = context.normalizedPath();
        if (SERVED_BY_OTHERS.matcher(path).matches()) {
            context.next();
        } else if (path.startsWith(DIGESTED)) {
            // A year: the most that RFC 9111's predecessors asked caches to honour.
            keep(context, "public, max-age=31536000, immutable");
            context.next();
        } else if (path.equals(DOCUMENT) || FILE.matcher(path).matches()) {
            keep(context, "no-cache");
            context.next();
        } else {
            context.reroute(DOCUMENT);
        }
    }

    /** Set last: who serves files sets its own. A failure is nothing to keep. */
    private static void keep(RoutingContext context, String directive) {
        context.addHeadersEndHandler(ignored -> context.response()
                .headers()
                .set(HttpHeaders.CACHE_CONTROL, context.response().getStatusCode() < 400 ? directive : "no-store"));
    }
}
