package org.sekisho.packaging.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sekisho.control.event.shape.SearchText;
import org.sekisho.packaging.rig.Distribution;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.ServerProcess;

/**
 * Ten searches that people do, through REST over HTTPS, over ten million events of 35 days and 3,000 terminals. The peer is the
 * same search as one SQL statement in psql on the same database, in turn with each, written as well as somebody can who knows the
 * tables and what is in them. The driver's figure for it, prepared, is there to see how much of ours is not the database's.
 */
public final class SearchBench {
    private static final int EVENTS = 10_000_000;
    private static final int TERMINALS = 3_000;
    private static final int WARM_UP = 5;
    /** A server runs for months: its searches are compiled when people come. */
    private static final int SERVER_WARM_UP = 300;

    private static final int ROUNDS = 50;
    private static final int PAGE = 100;

    private SearchBench() {}

    /** {@code --events N}: fewer, for trying. */
    public static void main(String[] args) throws Exception {
        int events = args.length == 2 && args[0].equals("--events") ? Integer.parseInt(args[1]) : EVENTS;
        Path data = Files.createTempDirectory("sekisho-bench-search");
        try (ServerProcess server = ServerProcess.start(Distribution.fromSystemProperty(), data, Map.of());
                Connection database = server.database();
                PsqlSession psql = PsqlSession.connect(server)) {
            new PastEvents(database, TERMINALS).load(events);
            Rest rest = server.rest();
            Map<String, Search> searches = searches();
            Map<String, double[]> ours = new LinkedHashMap<>();
            Map<String, double[]> peers = new LinkedHashMap<>();
            Map<String, double[]> drivers = new LinkedHashMap<>();
            for (String name : searches.keySet()) {
                ours.put(name, new double[ROUNDS]);
                peers.put(name, new double[ROUNDS]);
                drivers.put(name, new double[ROUNDS]);
            }
            for (int round = 0; round < SERVER_WARM_UP; round++) {
                for (Search search : searches.values()) {
                    rest(rest, search);
                }
            }
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (Map.Entry<String, Search> search : searches.entrySet()) {
                    long start = System.nanoTime();
                    List<String> found = rest(rest, search.getValue());
                    long between = System.nanoTime();
                    List<String> expected = sql(database, search.getValue());
                    long end = System.nanoTime();
                    int printed = psql.run(select(search.getValue()));
                    long last = System.nanoTime();
                    if (!found.equals(expected) || Math.min(printed, PAGE) != found.size()) {
                        throw new IllegalStateException(search.getKey() + ": REST found " + found.size()
                                + " events, SQL " + expected.size() + ", psql " + printed + ", or not the same");
                    }
                    if (round >= 0) {
                        requireNonNull(ours.get(search.getKey()))[round] = (between - start) / 1e6;
                        requireNonNull(drivers.get(search.getKey()))[round] = (end - between) / 1e6;
                        requireNonNull(peers.get(search.getKey()))[round] = (last - end) / 1e6;
                    }
                }
            }
            report(events, ours, peers, drivers);
        }
    }

    private static void report(
            int events, Map<String, double[]> ours, Map<String, double[]> peers, Map<String, double[]> drivers)
            throws IOException {
        double slowest = 0;
        for (Map.Entry<String, double[]> measured : ours.entrySet()) {
            String name = measured.getKey();
            double[] theirs = requireNonNull(peers.get(name), name);
            double p99 = Figures.percentile(measured.getValue(), 99);
            slowest = Math.max(slowest, p99);
            System.out.printf(
                    "%-28s p50 %7.1f ms, p99 %7.1f ms; psql p50 %7.1f ms, p99 %7.1f ms; driver p50 %7.1f ms%n",
                    name,
                    Figures.median(measured.getValue()),
                    p99,
                    Figures.median(theirs),
                    Figures.percentile(theirs, 99),
                    Figures.median(requireNonNull(drivers.get(name), name)));
        }
        double[] all = all(ours);
        double[] peer = all(peers);
        double[] driver = all(drivers);
        new Figures("search")
                .put("events", events)
                .put("p50_ms", Figures.median(all))
                .put("p99_ms", Figures.percentile(all, 99))
                .put("slowest_search_p99_ms", slowest)
                .put("psql_p50_ms", Figures.median(peer))
                .put("psql_p99_ms", Figures.percentile(peer, 99))
                .put("driver_p50_ms", Figures.median(driver))
                .put("driver_p99_ms", Figures.percentile(driver, 99))
                .put("ratio_p50", Figures.median(all) / Figures.median(peer))
                .put("ratio_p99", Figures.percentile(all, 99) / Figures.percentile(peer, 99))
                .put("ratio_sum", Arrays.stream(all).sum() / Arrays.stream(peer).sum())
                .put("ratio_p50_to_driver", Figures.median(all) / Figures.median(driver))
                .put("ratio_p99_to_driver", Figures.percentile(all, 99) / Figures.percentile(driver, 99))
                .put("aim_ratio", 1.5)
                .put("aim_p99_ms", 300)
                .print();
    }

    private static double[] all(Map<String, double[]> measured) {
        return measured.values().stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /** What each search finds, as `terminal/seq`. */
    private static List<String> rest(Rest rest, Search search) throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        for (JsonNode item :
                rest.get("/api/v1/events?limit=" + PAGE + search.query()).get("items")) {
            found.add(item.get("terminal").asText() + "/" + item.get("seq").asLong());
        }
        return found;
    }

    private static List<String> sql(Connection database, Search search) throws SQLException {
        try (PreparedStatement select = database.prepareStatement(select(search))) {
            List<String> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next() && found.size() < PAGE) {
                    if (rows.getBytes("body").length == 0) {
                        throw new SQLException("an event without a body");
                    }
                    found.add(rows.getString("terminal") + "/" + rows.getLong("seq"));
                }
            }
            return found;
        }
    }

    private static String select(Search search) {
        return "SELECT id, received_at, branch, incident, body, terminal, seq FROM " + search.from()
                + " ORDER BY received_at DESC, id DESC LIMIT " + (PAGE + 1);
    }

    private static Map<String, Search> searches() {
        Instant then = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(14, ChronoUnit.DAYS);
        String division = PastEvents.DIVISIONS.getFirst();
        Map<String, Search> searches = new LinkedHashMap<>();
        searches.put("newest", new Search("", "event"));
        searches.put("stopped", new Search("&verdict=BLOCK", "event WHERE verdict = 5"));
        searches.put("person", new Search("&user=staff1234", "event WHERE user_name = 'staff1234'"));
        searches.put("terminal", new Search("&terminal=past-777", "event WHERE terminal = 'past-777'"));
        searches.put(
                "division, stopped",
                new Search(
                        "&verdict=BLOCK&orgUnit=" + encoded(division),
                        "event WHERE verdict = 5 AND terminal IN (SELECT id FROM terminal WHERE org_unit = '" + division
                                + "' OR starts_with(org_unit, '" + division + "/'))"));
        searches.put("frequent text", new Search("&q=" + encoded("住民票"), frequent("text", "住民票")));
        searches.put(
                "rare text", new Search("&q=" + encoded(PastShape.RARE_WORD), rare("text", PastShape.RARE_WORD, "")));
        searches.put(
                "device",
                new Search(
                        "&device=" + PastShape.RARE_SERIAL,
                        rare("device", PastShape.RARE_SERIAL.toLowerCase(Locale.ROOT), "")));
        searches.put(
                "label, severity, one day",
                new Search(
                        "&label=my_number&severity=HIGH&from=" + then + "&to=" + then.plus(1, ChronoUnit.DAYS),
                        "event WHERE labels @> ARRAY['my_number'] AND severity = 3 AND occurred_at >= '" + then
                                + "' AND occurred_at < '" + then.plus(1, ChronoUnit.DAYS) + "'"));
        searches.put(
                "program, rare rule",
                new Search(
                        "&program=juki.exe&rule=" + PastShape.RARE_RULE,
                        rare("program", "juki.exe", "rule = '" + PastShape.RARE_RULE + "' AND ")));
        return searches;
    }

    /** As somebody would write it who knows that the word is in many events: from the newest on until there are enough. */
    private static String frequent(String column, String word) {
        return "event WHERE EXISTS (SELECT FROM event_shape s WHERE s.day = (received_at AT TIME ZONE 'UTC')::date"
                + " AND s.hash = shape AND strpos(s." + column + ", '" + word + "') > 0)";
    }

    /** As somebody would write it who knows that there are few: all of them by the indexes, and then the order. */
    private static String rare(String column, String word, String also) {
        String terms = Arrays.stream(SearchText.termsOf(word))
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        return "(SELECT * FROM event WHERE shape = ANY (ARRAY(SELECT DISTINCT hash FROM event_shape WHERE " + also
                + "terms @> '{" + terms + "}' AND strpos(" + column + ", '" + word + "') > 0)) OFFSET 0) found";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * The same twice.
     *
     * @param query of the address
     * @param from what follows FROM in SQL
     */
    private record Search(String query, String from) {}
}
