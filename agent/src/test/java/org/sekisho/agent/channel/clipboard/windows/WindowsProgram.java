package org.sekisho.agent.channel.clipboard.windows;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A {@link ClipboardActor} in a process of its own. */
final class WindowsProgram implements AutoCloseable {
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    WindowsProgram(String... arguments) throws IOException {
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java.exe").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ClipboardActor.class.getName()));
        command.addAll(Arrays.asList(arguments));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        String first = answers.readLine();
        if (!"ready".equals(first)) {
            throw new IOException("the program at the clipboard did not start: " + first);
        }
    }

    long pid() {
        return process.pid();
    }

    String say(String command) throws IOException {
        commands.println(command);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the program at the clipboard has ended");
        }
        return answer;
    }

    void copy(String text) throws IOException {
        copy("CF_UNICODETEXT", (text + "\0").getBytes(UTF_16LE));
    }

    void copy(String format, byte[] bytes) throws IOException {
        expectOk("copy " + format + " " + Base64.getEncoder().encodeToString(bytes));
    }

    void expectOk(String command) throws IOException {
        String answer = say(command);
        if (!answer.equals("ok")) {
            throw new IOException("the program at the clipboard says: " + answer);
        }
    }

    Optional<byte[]> paste(String format) throws IOException {
        String answer = say("paste " + format);
        if (answer.equals("nothing")) {
            return Optional.empty();
        }
        if (!answer.startsWith("got ")) {
            throw new IOException("paste: " + answer);
        }
        return Optional.of(Base64.getDecoder().decode(answer.substring(4)));
    }

    Optional<String> pasteText() throws IOException {
        return paste("CF_UNICODETEXT").map(bytes -> {
            String text = new String(bytes, UTF_16LE);
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        });
    }

    List<String> formats() throws IOException {
        List<String> words = Arrays.asList(say("formats").split(" ", -1));
        return words.subList(1, words.size());
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        commands.close();
        answers.close();
    }
}
