package org.sekisho.control.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** Posts batches as a signed JSON array over HTTPS ({@link SignedPost}). */
final class WebhookReceiver implements Receiver {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Destination destination;
    private final SignedPost post;

    WebhookReceiver(Destination destination) throws IOException {
        this.destination = destination;
        this.post = new SignedPost(
                destination.address(),
                destination.anchor(),
                Objects.requireNonNull(destination.secret(), "a webhook has a secret"));
    }

    @Override
    public void take(List<ExportedEvent> events) throws IOException, InterruptedException {
        post.send(
                events.getFirst().id() + "-" + events.getLast().id(),
                JSON.writeValueAsBytes(events.stream().map(this::json).toList()));
    }

    private JsonNode json(ExportedEvent event) {
        return destination.format() == Destination.Format.OCSF ? OcsfEvent.of(event) : JSON.valueToTree(event.view());
    }
}
