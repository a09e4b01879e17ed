package org.sekisho.control.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;

/** Posts batches as a signed JSON array over HTTPS ({@link SignedPost}). */
final class WebhookReceiver implements Receiver {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Destination destination;
    private final SignedPost post;

    WebhookReceiver(Destination destination) throws IOException {
        String secret = destination.secret();
        if (secret == null) {
            throw new IOException(
                    "the key of its signatures can't be opened: secrets.key in the data folder is not the one"
                            + " that it was sealed with. Put that back, or make the destination anew");
        }
        this.destination = destination;
        this.post = new SignedPost(destination.address(), destination.anchor(), secret);
    }

    @Override
    public void take(List<ExportedEvent> events) throws IOException, InterruptedException {
        post.send(
                events.getFirst().stored().id() + "-"
                        + events.getLast().stored().id(),
                JSON.writeValueAsBytes(events.stream().map(this::json).toList()));
    }

    private JsonNode json(ExportedEvent event) {
        return destination.format() == Destination.Format.OCSF ? OcsfEvent.of(event) : JSON.valueToTree(event.view());
    }
}
