package org.sekisho.control.event.shape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.IntStream;
import org.sekisho.v1.AttemptEvent;
import org.sekisho.v1.Event;
import org.sekisho.v1.Label;

/**
 * What an event has in common with those that are like it: everything that is searched for but who, where and when. Immutable.
 *
 * @param kind field number of the event's body
 * @param channel as in the wire contract, like verdict and severity; 0 for what isn't an attempt
 * @param programs paths, a line each, as recorded
 * @param devices names and numbers of devices and printers, a line each, as recorded
 * @param others all other text, a line each, as recorded
 */
public record EventShape(
        int kind,
        int channel,
        int verdict,
        int severity,
        String rule,
        List<String> labels,
        String programs,
        String devices,
        String others) {
    /** Copied. */
    public EventShape {
        labels = List.copyOf(labels);
    }

    /** The event's. */
    public static EventShape of(Event event) {
        AttemptEvent attempt = event.hasAttempt() ? event.getAttempt() : AttemptEvent.getDefaultInstance();
        EventTexts texts = EventTexts.of(event);
        return new EventShape(
                event.getBodyCase().getNumber(),
                attempt.getAttempt().getChannelValue(),
                attempt.getDecision().getVerdictValue(),
                attempt.getDecision().getSeverityValue(),
                attempt.getDecision().getRule(),
                attempt.getAttempt().getLabelsList().stream()
                        .map(Label::getLabel)
                        .distinct()
                        .toList(),
                texts.programs(),
                texts.devices(),
                texts.others());
    }

    /** Its name: the first 64 bits of a SHA-256 over all of it. */
    public long hash() {
        MessageDigest digest = sha256();
        digest.update(ByteBuffer.allocate(4 * Integer.BYTES)
                .putInt(kind)
                .putInt(channel)
                .putInt(verdict)
                .putInt(severity)
                .flip());
        update(digest, rule);
        labels.forEach(label -> update(digest, label));
        update(digest, programs);
        update(digest, devices);
        update(digest, others);
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** Programs, as they are compared. */
    public String program() {
        return SearchText.normal(programs);
    }

    /** Devices, as they are compared. */
    public String device() {
        return SearchText.normal(devices);
    }

    /** All text, rule and labels too, as it is compared. */
    public String text() {
        return SearchText.normal(rule + "\n" + String.join("\n", labels) + "\n" + programs + devices + others);
    }

    /** Its terms in the index, sorted. */
    public int[] terms() {
        IntStream facets = IntStream.of(
                Facet.KIND.term(kind),
                Facet.CHANNEL.term(channel),
                Facet.VERDICT.term(verdict),
                Facet.SEVERITY.term(severity),
                Facet.RULE.term(rule));
        IntStream names = labels.stream().mapToInt(Facet.LABEL::term);
        return IntStream.concat(IntStream.concat(facets, names), SearchText.terms(text()))
                .sorted()
                .distinct()
                .toArray();
    }

    /** With the length in front, so that no two shapes are the same bytes. */
    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
