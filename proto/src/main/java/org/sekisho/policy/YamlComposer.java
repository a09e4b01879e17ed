package org.sekisho.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Builds the tree of a YAML 1.2 text from its events, without recursion. Anchors, aliases and tags have no use in a
 * policy and are refused, so that a short text can never stand for a large one. One use, one thread.
 */
final class YamlComposer {
    /** The deepest value of a policy stands at 7: document, rules, rule, clipboard, source, paths, path. */
    private static final int MAX_DEPTH = 16;

    /** Room for the reader to see the end of the text. */
    private static final int BUFFER_SPARE = 16;

    private final String text;
    private final FindingList findings;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable YamlNode root;
    private int documents;

    private YamlComposer(String text, FindingList findings) {
        this.text = text;
        this.findings = findings;
    }

    /**
     * The tree of a text.
     *
     * @param findings takes what is wrong with the text
     * @return null when there is no use in reading the tree
     */
    static @Nullable YamlNode compose(String text, FindingList findings) {
        YamlComposer composer = new YamlComposer(text, findings);
        if (!composer.run()) {
            return null;
        }
        if (composer.root == null) {
            composer.report(FindingCode.EMPTY_DOCUMENT, new Position(1, 1));
        }
        return composer.root;
    }

    /** False when the tree is not whole. */
    private boolean run() {
        boolean whole = true;
        LoadSettings settings = LoadSettings.builder()
                .setLabel("policy")
                .setCodePointLimit(YamlText.MAX_BYTES)
                .setUseMarks(true)
                // The whole text in one read: the reader fails on a surrogate pair that its buffer's end would split.
                .setBufferSize(text.length() + BUFFER_SPARE)
                .build();
        try {
            for (Event event : new Parse(settings).parseString(text)) {
                if (!accept(event)) {
                    return false;
                }
                whole &= event.getEventId() != Event.ID.Alias;
            }
            return whole;
        } catch (MarkedYamlEngineException notYaml) {
            Optional<Mark> mark = notYaml.getProblemMark().or(notYaml::getContextMark);
            String problem = notYaml.getProblem();
            report(
                    FindingCode.NOT_YAML,
                    mark.map(YamlComposer::position).orElse(YamlText.end(text)),
                    problem == null ? "" : problem);
        } catch (ReaderException unprintable) {
            String codePoint = String.format("U+%04X", unprintable.getCodePoint());
            int before = Math.min(unprintable.getPosition(), text.length());
            report(FindingCode.UNPRINTABLE, YamlText.end(text.substring(0, before)), codePoint);
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException notYaml) {
            report(FindingCode.NOT_YAML, YamlText.end(text), String.valueOf(notYaml.getMessage()));
        }
        return false;
    }

    /** False when reading on would be of no use. */
    private boolean accept(Event event) {
        Position position = event.getStartMark().map(YamlComposer::position).orElse(Position.UNKNOWN);
        return switch (event.getEventId()) {
            case DocumentStart -> startDocument((DocumentStartEvent) event, position);
            case Alias -> {
                refuseAnchor(Optional.of(((AliasEvent) event).getAlias()), position);
                add(new YamlNode.Scalar(position, "", true));
                yield true;
            }
            case Scalar -> {
                ScalarEvent scalar = (ScalarEvent) event;
                refuseAnchor(scalar.getAnchor(), position);
                refuseTag(scalar.getTag(), position);
                add(new YamlNode.Scalar(position, scalar.getValue(), scalar.isPlain()));
                yield true;
            }
            case SequenceStart -> {
                SequenceStartEvent start = (SequenceStartEvent) event;
                refuseAnchor(start.getAnchor(), position);
                refuseTag(start.getTag(), position);
                yield open(new Open(position, false));
            }
            case MappingStart -> {
                MappingStartEvent start = (MappingStartEvent) event;
                refuseAnchor(start.getAnchor(), position);
                refuseTag(start.getTag(), position);
                yield open(new Open(position, true));
            }
            case SequenceEnd, MappingEnd -> {
                add(open.pop().close());
                yield true;
            }
            case StreamStart, StreamEnd, DocumentEnd, Comment -> true;
        };
    }

    private boolean startDocument(DocumentStartEvent start, Position position) {
        documents++;
        if (documents > 1) {
            report(FindingCode.SECOND_DOCUMENT, position);
            return false;
        }
        if (!start.getTags().isEmpty()) {
            report(FindingCode.TAG_REFUSED, position, "%TAG");
        }
        return true;
    }

    private boolean open(Open collection) {
        if (open.size() == MAX_DEPTH) {
            report(FindingCode.TOO_DEEP, collection.position, Integer.toString(MAX_DEPTH));
            return false;
        }
        open.push(collection);
        return true;
    }

    private void add(YamlNode node) {
        Open parent = open.peek();
        if (parent == null) {
            root = node;
        } else {
            parent.children.add(node);
        }
    }

    private void refuseAnchor(Optional<Anchor> anchor, Position position) {
        anchor.ifPresent(name -> report(FindingCode.ANCHOR_REFUSED, position, name.getValue()));
    }

    private void refuseTag(Optional<String> tag, Position position) {
        tag.ifPresent(name -> report(FindingCode.TAG_REFUSED, position, name));
    }

    private void report(FindingCode code, Position position, String... args) {
        findings.add(Finding.of(code, "", position, args));
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A collection whose end has not been read yet; in a mapping keys and values alternate. */
    private record Open(Position position, boolean mapping, List<YamlNode> children) {
        Open(Position position, boolean mapping) {
            this(position, mapping, new ArrayList<>());
        }

        YamlNode close() {
            if (!mapping) {
                return new YamlNode.Sequence(position, List.copyOf(children));
            }
            List<YamlNode.Entry> entries = new ArrayList<>();
            for (int i = 0; i + 1 < children.size(); i += 2) {
                entries.add(new YamlNode.Entry(children.get(i), children.get(i + 1)));
            }
            return new YamlNode.Mapping(position, List.copyOf(entries));
        }
    }
}
