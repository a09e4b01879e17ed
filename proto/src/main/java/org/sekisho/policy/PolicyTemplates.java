package org.sekisho.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.sekisho.v1.Segment;

/**
 * The policies that ship: a defensible beginning for each segment, made to be changed. They name nobody's people, machines
 * or addresses. Pure, safe for all threads.
 */
public final class PolicyTemplates {
    private PolicyTemplates() {}

    /** The segments that have one. */
    public static List<Segment> segments() {
        return List.of(Segment.MY_NUMBER, Segment.LGWAN, Segment.INTERNET);
    }

    /**
     * The text of a template, with the comments that explain it.
     *
     * @throws IllegalArgumentException when there is no such segment
     */
    public static String text(Segment segment) {
        String name = name(segment);
        try (InputStream resource = PolicyTemplates.class.getResourceAsStream("templates/" + name + ".yaml")) {
            if (resource == null) {
                throw new IllegalStateException("The policy template " + name + " is missing from the program");
            }
            return YamlText.decode(resource.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Reading the policy template " + name, unreadable);
        } catch (PolicySyntaxException broken) {
            throw new IllegalStateException("The policy template " + name + " is broken", broken);
        }
    }

    /**
     * A template.
     *
     * @throws IllegalArgumentException when there is no such segment
     */
    public static ParsedPolicy load(Segment segment) {
        try {
            return PolicyDocument.parse(text(segment));
        } catch (PolicySyntaxException broken) {
            throw new IllegalStateException("The policy template " + name(segment) + " is broken", broken);
        }
    }

    private static String name(Segment segment) {
        return switch (segment) {
            case MY_NUMBER, LGWAN, INTERNET -> Vocabulary.word(segment.getValueDescriptor());
            case SEGMENT_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("There is no policy template for the segment " + segment
                        + "; choose MY_NUMBER, LGWAN or INTERNET");
        };
    }
}
