package org.sekisho.packaging.wine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The agent's own tests of its Windows side, run in the Windows JVM: one test here for each there. */
class WindowsContractsIT {
    private static final List<String> CLASSES = List.of(
            "org.sekisho.agent.LogLevelTest",
            "org.sekisho.agent.secret.DpapiSecretsTest",
            "org.sekisho.agent.local.WindowsPipeListenerTest",
            "org.sekisho.agent.service.windows.WindowsServiceTest",
            "org.sekisho.agent.desktop.WindowsProcessGuardTest",
            "org.sekisho.agent.channel.clipboard.windows.WindowsClipboardTest");

    private WineMachine machine;

    @BeforeEach
    void boot() throws Exception {
        machine = WineMachine.boot();
    }

    @AfterEach
    void shutDown() throws Exception {
        machine.close();
    }

    private record Outcome(String state, String test, String detail) {
        static Outcome of(String line) {
            String[] words = line.split(" ", -1);
            return new Outcome(words[1], simple(words[2]) + "." + decoded(words[3]), decoded(words[4]));
        }

        private static String simple(String className) {
            return className.substring(className.lastIndexOf('.') + 1);
        }

        private static String decoded(String text) {
            return text.equals("-") ? "" : new String(Base64.getDecoder().decode(text), UTF_8);
        }
    }

    @TestFactory
    Stream<DynamicTest> inTheWindowsJvm() throws Exception {
        WineJvm run = machine.start("org.sekisho.agent.wine.TestRun", CLASSES.toArray(String[]::new));
        run.join();
        assertThat(run.out())
                .as("the run's last line; on its error output: %s", run.err())
                .endsWith("@end");
        List<Outcome> outcomes = run.out().stream()
                .filter(line -> line.startsWith("@test "))
                .map(Outcome::of)
                .toList();
        assertThat(CLASSES)
                .allSatisfy(name -> assertThat(outcomes)
                        .as("tests of %s", name)
                        .anyMatch(outcome -> outcome.test().startsWith(Outcome.simple(name) + ".")));
        return outcomes.stream()
                .map(outcome -> dynamicTest(
                        outcome.test(),
                        () -> assertThat(outcome.state()).as(outcome.detail()).isEqualTo("PASSED")));
    }
}
