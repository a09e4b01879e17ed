package org.sekisho.control.export;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.testing.TestKeys;

/** A real rsyslogd that takes syslog over TLS and writes each message as it came, before it reads on. */
final class Rsyslog implements AutoCloseable {
    private final Path folder;
    private final TestKeys keys;
    private final int port;
    private @Nullable Process process;

    Rsyslog(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        this.keys = TestKeys.in(folder);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.writeString(folder.resolve("rsyslog.conf"), """
                global(workDirectory="%1$s" maxMessageSize="128k" defaultNetstreamDriver="ossl"
                       defaultNetstreamDriverCAFile="%1$s/cert.pem" defaultNetstreamDriverCertFile="%1$s/cert.pem"
                       defaultNetstreamDriverKeyFile="%1$s/key.pem")
                main_queue(queue.type="Direct")
                module(load="imtcp" StreamDriver.Name="ossl" StreamDriver.Mode="1" StreamDriver.AuthMode="anon")
                template(name="raw" type="string" string="%%rawmsg%%\\n")
                ruleset(name="all" queue.type="Direct") {
                  action(type="omfile" file="%1$s/received" template="raw" asyncWriting="off" flushOnTXEnd="on")
                }
                input(type="imtcp" address="127.0.0.1" port="%2$d" ruleset="all")
                """.formatted(folder, port));
    }

    void start() throws IOException {
        process = new ProcessBuilder("rsyslogd", "-n", "-f", file("rsyslog.conf"), "-i", file("pid"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("rsyslog.log").toFile()))
                .start();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    String address() {
        return "localhost:" + port;
    }

    String anchor() throws IOException {
        return keys.anchor();
    }

    List<String> received() throws IOException {
        Path file = folder.resolve("received");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
