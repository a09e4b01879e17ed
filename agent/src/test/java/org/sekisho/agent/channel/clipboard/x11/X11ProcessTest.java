package org.sekisho.agent.channel.clipboard.x11;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The X11 clipboard in a small process of its own, as the helper is. */
final class X11ProcessTest {
    private static final int LARGE = 64 << 20;

    @RegisterExtension
    final Xvfb xvfb = new Xvfb();

    @TempDir
    private Path directory;

    private BufferedReader start(Process[] helper) throws Exception {
        Path held = Files.createDirectory(directory.resolve("held"));
        helper[0] = xvfb.start(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                PermissiveGuard.class.getName(),
                xvfb.display(),
                held.toString());
        try (ScriptedRequestor watch = new ScriptedRequestor(xvfb.display())) {
            xvfb.xclip("probe".getBytes(UTF_8), "-selection", "primary");
            await().atMost(Duration.ofSeconds(20)).until(() -> watch.ownerOf("PRIMARY") != 0);
        }
        BufferedReader said = new BufferedReader(new InputStreamReader(helper[0].getInputStream(), UTF_8));
        assertThat(said.readLine()).startsWith("copied true 5 ");
        return said;
    }

    @Test
    void sixtyFourMebibytesPassThroughASmallHeapInRealPrograms() throws Exception {
        Process[] helper = new Process[1];
        BufferedReader said = start(helper);
        byte[] large = new byte[LARGE];
        new Random(2).nextBytes(large);
        Path file = Files.write(directory.resolve("large"), large);
        xvfb.start("xclip", "-quiet", "-i", "-selection", "clipboard", "-t", "application/x-large", file.toString());
        assertThat(said.readLine()).startsWith("copied true " + LARGE);
        Path pasted = directory.resolve("pasted");
        Process paste =
                xvfb.start("sh", "-c", "xclip -o -selection clipboard -t application/x-large > '" + pasted + "'");
        assertThat(paste.waitFor()).isZero();
        assertThat(sha256(Files.readAllBytes(pasted))).isEqualTo(sha256(large));
        assertThat(helper[0].isAlive()).isTrue();
    }

    @Test
    void aHelperThatIsKilledTakesTheContentWithIt() throws Exception {
        Process[] helper = new Process[1];
        BufferedReader said = start(helper);
        Process xclip = xvfb.xclip("lost with the helper".getBytes(UTF_8), "-selection", "clipboard");
        assertThat(said.readLine()).startsWith("copied true 20 ");
        assertThat(xclip.waitFor()).isZero();
        assertThat(new String(xvfb.run(new byte[0], "xclip", "-o", "-selection", "clipboard"), UTF_8))
                .isEqualTo("lost with the helper");
        helper[0].destroyForcibly().waitFor();
        assertThat(xvfb.run(new byte[0], "xclip", "-o", "-selection", "clipboard"))
                .isEmpty();
        assertThat(xvfb.run(new byte[0], "xsel", "-o", "-b")).isEmpty();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
