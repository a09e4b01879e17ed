package org.sekisho.evidence;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What a pack says it holds.
 *
 * @param tenant the installation
 * @param incident its number
 * @param made when
 * @param by the operator who asked for it
 * @param language of the readable report
 * @param omitted events of the incident that are not in the pack
 * @param chains runs of events
 * @param events the incident's own events, which must all be in the chains
 * @param files all files but the manifest and its signature, by path
 */
public record PackManifest(
        String tenant,
        long incident,
        Instant made,
        String by,
        String language,
        long omitted,
        List<ChainFile> chains,
        List<OwnEvent> events,
        List<PackedFile> files) {
    private static final String FIRST = "sekisho-evidence 1";

    /** Copied; files sorted. */
    public PackManifest {
        chains = List.copyOf(chains);
        events = List.copyOf(events);
        files = files.stream().sorted(Comparator.comparing(PackedFile::path)).toList();
    }

    /** A file below {@code events/}. */
    public record ChainFile(String path, String terminal, int branch, long first, long last) {}

    /** An event of the incident. */
    public record OwnEvent(String terminal, int branch, long seq, String hash) {}

    /** A file with its SHA-256, lower-case hex. */
    public record PackedFile(String path, long bytes, String sha256) {}

    /** As it is signed. */
    public String text() {
        StringJoiner lines = new StringJoiner("\n", "", "\n");
        lines.add(FIRST)
                .add("tenant " + EvidenceFormat.escape(tenant))
                .add("incident " + incident)
                .add("made " + made)
                .add("by " + EvidenceFormat.escape(by))
                .add("language " + language)
                .add("omitted " + omitted);
        for (ChainFile chain : chains) {
            lines.add("chain %s %s %d %d %d"
                    .formatted(chain.path(), chain.terminal(), chain.branch(), chain.first(), chain.last()));
        }
        for (OwnEvent event : events) {
            lines.add("event %s %d %d %s".formatted(event.terminal(), event.branch(), event.seq(), event.hash()));
        }
        for (PackedFile file : files) {
            lines.add("file %s %d %s".formatted(file.sha256(), file.bytes(), file.path()));
        }
        return lines.add("end").toString();
    }

    /**
     * Reads what {@link #text} wrote, and nothing else.
     *
     * @throws EvidenceFlaw if it isn't exactly so
     */
    static PackManifest parse(String text) throws EvidenceFlaw {
        Deque<String> lines = new ArrayDeque<>(List.of(text.split("\n", -1)));
        if (!FIRST.equals(lines.pollFirst())) {
            throw flaw("it is not a manifest of format 1");
        }
        try {
            PackManifest parsed = new PackManifest(
                    EvidenceFormat.unescape(value(lines, "tenant")),
                    Long.parseLong(value(lines, "incident")),
                    Instant.parse(value(lines, "made")),
                    EvidenceFormat.unescape(value(lines, "by")),
                    value(lines, "language"),
                    Long.parseLong(value(lines, "omitted")),
                    chains(lines),
                    events(lines),
                    files(lines));
            // Nothing of it may be there in another notation, or be passed over.
            if (!parsed.text().equals(text)) {
                throw flaw("its lines are not in the order or notation of the format");
            }
            return parsed;
        } catch (NumberFormatException | DateTimeException e) {
            throw flaw("a number or time in it can't be read: " + e.getMessage());
        }
    }

    private static String value(Deque<String> lines, String name) throws EvidenceFlaw {
        String line = lines.pollFirst();
        if (line == null || !line.startsWith(name + " ")) {
            throw flaw("it lacks the line `" + name + "`");
        }
        return line.substring(name.length() + 1);
    }

    private static List<ChainFile> chains(Deque<String> lines) throws EvidenceFlaw {
        List<ChainFile> chains = new ArrayList<>();
        for (String[] words : all(lines, "chain", 5)) {
            chains.add(new ChainFile(
                    words[0],
                    words[1],
                    Integer.parseInt(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4])));
        }
        return chains;
    }

    private static List<OwnEvent> events(Deque<String> lines) throws EvidenceFlaw {
        List<OwnEvent> events = new ArrayList<>();
        for (String[] words : all(lines, "event", 4)) {
            events.add(new OwnEvent(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]), hash(words[3])));
        }
        return events;
    }

    private static List<PackedFile> files(Deque<String> lines) throws EvidenceFlaw {
        List<PackedFile> files = new ArrayList<>();
        for (String[] words : all(lines, "file", 3)) {
            if (!EvidenceFormat.PATH.matcher(words[2]).matches()) {
                throw flaw("a path in it is not allowed: " + words[2]);
            }
            files.add(new PackedFile(words[2], Long.parseLong(words[1]), hash(words[0])));
        }
        return files;
    }

    private static List<String[]> all(Deque<String> lines, String name, int words) throws EvidenceFlaw {
        List<String[]> found = new ArrayList<>();
        while (lines.peekFirst() != null && lines.peekFirst().startsWith(name + " ")) {
            String[] split = value(lines, name).split(" ", -1);
            if (split.length != words) {
                throw flaw("a line `" + name + "` has " + split.length + " words instead of " + words);
            }
            found.add(split);
        }
        return found;
    }

    private static String hash(String hex) throws EvidenceFlaw {
        if (hex.length() != 64
                || !hex.equals(hex.toLowerCase(Locale.ROOT))
                || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw flaw("a hash in it is none: " + hex);
        }
        return hex;
    }

    private static EvidenceFlaw flaw(String what) {
        return new EvidenceFlaw(EvidenceCheck.MANIFEST, EvidenceFormat.MANIFEST + ": " + what);
    }
}
