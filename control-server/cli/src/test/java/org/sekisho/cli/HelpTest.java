package org.sekisho.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void everyCommandOptionAndParameterIsExplained(String language) {
        List<String> unexplained = new ArrayList<>();
        List<CommandLine> commands = new ArrayList<>();
        collect(tree(language), commands);

        for (CommandLine command : commands) {
            String name = command.getCommandSpec().qualifiedName();
            if (command.getCommandSpec().usageMessage().description().length == 0) {
                unexplained.add(name);
            }
            for (ArgSpec argument : command.getCommandSpec().args()) {
                if (argument.description().length == 0) {
                    unexplained.add(name + " " + argument);
                }
            }
        }

        assertThat(unexplained).isEmpty();
        assertThat(commands).hasSizeGreaterThan(20);
    }

    @Test
    void japaneseHelpIsJapaneseThroughout() {
        List<CommandLine> commands = new ArrayList<>();
        collect(tree("ja"), commands);

        assertThat(commands)
                .allSatisfy(command -> assertThat(String.join(
                                "", command.getCommandSpec().usageMessage().description()))
                        .matches("(?s).*[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}].*"));
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(keys(Locale.ROOT)).isEqualTo(keys(Locale.JAPANESE));
    }

    @Test
    void helpNamesTheExitCodes() {
        Run.Result help = Run.in(home).command("policy", "check", "--help");

        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Exit codes:", "0   Done", "1   Refused", "2   Wrong usage");
    }

    @Test
    void wrongUsageSaysWhatIsMissingAndExitsWithTwo() {
        Run.Result result = Run.in(home).japanese().command("terminals", "revoke", "t-1");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("足りないものがあります: --reason TEXT").contains("sekisho terminals revoke --help");
    }

    private static CommandLine tree(String language) {
        Shell process = Shell.ofProcess();
        return Commands.of(new Workbench(new Shell(
                process.environment(),
                process.home(),
                process.in(),
                process.out(),
                process.err(),
                Locale.of(language),
                process.zone(),
                process.clock(),
                process.secretPrompt())));
    }

    private static void collect(CommandLine command, List<CommandLine> into) {
        into.add(command);
        command.getSubcommands().values().forEach(below -> collect(below, into));
    }

    private static java.util.Set<String> keys(Locale locale) {
        ResourceBundle bundle = ResourceBundle.getBundle(
                "org.sekisho.cli.messages",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        assertThat(bundle.getLocale()).isEqualTo(locale);
        return bundle.keySet();
    }
}
