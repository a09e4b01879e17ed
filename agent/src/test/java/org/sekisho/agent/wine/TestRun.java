package org.sekisho.agent.wine;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes where no build tool is: inside the Windows JVM.
 *
 * <p>Prints one line for each test, as it ends: {@code @test}, its state ({@code PASSED}, {@code FAILED}, {@code
 * ABORTED} or {@code SKIPPED}), its class, its name and its stack trace, the last two in Base64 and all parted by blanks. The
 * last line is {@code @end}; without it the run did not come to its end.
 */
public final class TestRun {
    private TestRun() {}

    public static void main(String[] classes) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Stream.of(classes)
                        .map(name -> (DiscoverySelector) selectClass(name))
                        .toList())
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        LauncherFactory.create().execute(request, new Lines(out));
        out.println("@end");
        out.flush();
        // Threads that a failed test left behind must not keep the JVM.
        Runtime.getRuntime().halt(0);
    }

    private record Lines(PrintStream out) implements TestExecutionListener {

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            report(test, "SKIPPED", reason);
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() || !passed) {
                report(
                        test,
                        passed ? "PASSED" : result.getStatus().name(),
                        result.getThrowable().map(Lines::trace).orElse(""));
            }
        }

        private void report(TestIdentifier test, String state, String detail) {
            out.printf("@test %s %s %s %s%n", state, home(test), encoded(test.getDisplayName()), encoded(detail));
        }

        private static String home(TestIdentifier test) {
            return test.getUniqueIdObject().getSegments().stream()
                    .filter(segment -> segment.getType().equals("class"))
                    .findFirst()
                    .map(segment -> segment.getValue())
                    .or(() -> test.getSource()
                            .filter(ClassSource.class::isInstance)
                            .map(source -> ((ClassSource) source).getClassName()))
                    .orElse("-");
        }

        private static String trace(Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            return text.toString();
        }

        private static String encoded(String text) {
            return text.isEmpty() ? "-" : Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
