package org.sekisho.agent;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sekisho.agent.SelfTest.Result;
import org.sekisho.agent.text.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tests the agent on this terminal. Ends with 0 if all is well, with 1 if not; says what to do. */
@Command(name = "selftest", mixinStandardHelpOptions = true, resourceBundle = "org.sekisho.agent.messages")
final class SelfTestCommand implements Callable<Integer> {
    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Texts texts = Texts.beside(SelfTestCommand.class, Locale.getDefault());
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Result> results = new SelfTest(config.load()).run();
        for (Result result : results) {
            out.println("%s %s%s"
                    .formatted(
                            texts.of(result.passed() ? "selftest.ok" : "selftest.failed"),
                            texts.of("selftest." + result.check()),
                            result.detail().isEmpty() ? "" : ": " + result.detail()));
            if (!result.passed()) {
                out.println("     " + texts.of("selftest." + result.check() + ".do"));
            }
        }
        return results.stream().allMatch(Result::passed) ? 0 : 1;
    }
}
