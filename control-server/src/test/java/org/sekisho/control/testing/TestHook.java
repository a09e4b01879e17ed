package org.sekisho.control.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks over real HTTPS. Whoever posts is told the statuses that were set, one after the other, then 204. */
public final class TestHook implements AutoCloseable {
    private final HttpsServer server;
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final Queue<Post> taken = new ConcurrentLinkedQueue<>();

    private TestHook(HttpsServer server) {
        this.server = server;
    }

    /** On a free port of its own. */
    public static TestHook start(TestKeys keys, int... statuses) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
        TestHook hook = new TestHook(server);
        for (int status : statuses) {
            hook.statuses.add(status);
        }
        server.createContext("/", hook::take);
        server.start();
        return hook;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Integer status = statuses.poll();
        if (status == null) {
            taken.add(new Post(body, String.valueOf(exchange.getRequestHeaders().getFirst("X-Sekisho-Signature"))));
        }
        exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        exchange.close();
    }

    /** Where to post. */
    public String address() {
        return "https://localhost:" + server.getAddress().getPort() + "/hook";
    }

    /** What was answered with 204, in its order. */
    public List<Post> taken() {
        return new ArrayList<>(taken);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** One that was taken. */
    public record Post(byte[] body, String signature) {
        private static final Pattern SIGNATURE = Pattern.compile("t=(\\d+),v1=([0-9a-f]{64})");

        /** The body. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** Whether it was signed under this secret, as the help tells receivers to look: HMAC-SHA-256 of {@code t.body}. */
        public boolean isSignedBy(String secret) throws GeneralSecurityException {
            Matcher signed = SIGNATURE.matcher(signature);
            if (!signed.matches()) {
                return false;
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            mac.update((signed.group(1) + ".").getBytes(StandardCharsets.US_ASCII));
            return MessageDigest.isEqual(HexFormat.of().parseHex(signed.group(2)), mac.doFinal(body));
        }
    }
}
