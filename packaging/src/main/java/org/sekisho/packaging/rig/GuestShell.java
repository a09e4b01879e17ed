package org.sekisho.packaging.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs bash inside a virtual machine over its virtio port; see {@code packaging/lib/vm/guest-shell} for the other end. Scripts
 * run side by side. Thread-safe.
 */
final class GuestShell implements AutoCloseable {
    private final SocketChannel socket;
    private final AtomicLong last = new AtomicLong();
    private final Map<String, CompletableFuture<Command>> waiting = new ConcurrentHashMap<>();

    private GuestShell(SocketChannel socket) {
        this.socket = socket;
        Thread.ofVirtual().name("guest-shell").start(this::read);
    }

    static GuestShell at(Path socket) throws IOException {
        return new GuestShell(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /**
     * Runs a script to its end.
     *
     * @throws IOException if the machine ends meanwhile, or the script has not ended in time (it goes on then)
     */
    Command run(Duration limit, String script) throws IOException, InterruptedException {
        String id = "java-" + last.incrementAndGet();
        CompletableFuture<Command> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        String line =
                "\n" + id + " " + Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_8)) + "\n";
        write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("not ended within " + limit + " in the virtual machine: " + script, e);
        } catch (ExecutionException e) {
            throw new IOException("the virtual machine ended while it ran: " + script, e);
        } finally {
            waiting.remove(id);
        }
    }

    private synchronized void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(socket), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", -1);
                CompletableFuture<Command> answer = parts.length == 4 ? waiting.get(parts[0]) : null;
                if (answer != null) {
                    answer.complete(new Command(
                            Integer.parseInt(parts[1]),
                            decoded(parts[2]),
                            new String(decoded(parts[3]), StandardCharsets.UTF_8)));
                }
            }
            fail(new IOException("its port was closed"));
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException why) {
        waiting.values().forEach(answer -> answer.completeExceptionally(why));
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
