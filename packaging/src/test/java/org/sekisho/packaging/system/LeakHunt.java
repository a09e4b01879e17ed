package org.sekisho.packaging.system;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks for a clear number, in every way it could be written, in files and in the arguments of running processes. */
final class LeakHunt {
    private final Map<String, byte[]> needles = new LinkedHashMap<>();

    /** Hunts for a number of twelve half-width digits. */
    LeakHunt(String digits) {
        String grouped = digits.substring(0, 4) + "-" + digits.substring(4, 8) + "-" + digits.substring(8);
        for (String written : List.of(digits, grouped, wide(digits), wide(grouped))) {
            for (Charset charset : List.of(
                    StandardCharsets.UTF_8,
                    StandardCharsets.UTF_16LE,
                    StandardCharsets.UTF_16BE,
                    Charset.forName("windows-31j"))) {
                needles.put(charset + "/" + needles.size(), written.getBytes(charset));
            }
        }
    }

    /** Half-width digits and hyphens as the full-width ones of U+FF10. */
    static String wide(String halfWidth) {
        StringBuilder wide = new StringBuilder();
        halfWidth.chars().forEach(c -> wide.append((char) (c + 0xFEE0)));
        return wide.toString();
    }

    /** Places below {@code root} where the number stands; the names say where and in which writing, not the number. */
    List<String> in(Path root) throws IOException {
        List<String> found = new ArrayList<>();
        try (var files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                search(file.toString(), bytes(file), found);
            }
        }
        return found;
    }

    /** Running processes that have the number among their arguments. */
    List<String> inProcessArguments() throws IOException {
        List<String> found = new ArrayList<>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                search(process.toString(), bytes(process.resolve("cmdline")), found);
            }
        }
        return found;
    }

    /** Nothing of what is gone by now: running programs replace files, and end. */
    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            if (Files.exists(file)) {
                throw e;
            }
            return new byte[0];
        }
    }

    private void search(String where, byte[] bytes, List<String> found) {
        String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
        needles.forEach((name, needle) -> {
            if (haystack.contains(new String(needle, StandardCharsets.ISO_8859_1))) {
                found.add(where + " as " + name);
            }
        });
    }
}
