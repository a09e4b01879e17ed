package org.sekisho.control.incident;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A change; what is absent stays. Whoever closes an incident says what was found.
 *
 * @param owner operator's name; empty: nobody
 * @param note added to the others
 * @param tags all of them, in place of those before
 * @param finding how it ended; with the state CLOSED, and only then
 * @param version as last seen
 */
@Schema(name = "IncidentChange")
public record IncidentChange(
        IncidentView.@Nullable State state,
        @Size(max = 200) @Nullable String owner,
        @Size(min = 1, max = 4000) @Nullable String note,

        @Size(max = 20) @Nullable
        List<@NotNull @Pattern(regexp = "[^\\p{C}\\p{Z}](?:[^\\p{C}]{0,38}[^\\p{C}\\p{Z}])?") String> tags,

        @Valid @Nullable FindingChange finding,
        @NotNull Long version) {

    /** What was found, and why that is so. */
    @Schema(name = "IncidentFindingChange")
    public record FindingChange(
            @NotNull IncidentView.Finding kind,
            @NotBlank @Size(max = 4000) String text) {}

    /** Tags, each once, sorted. */
    @Nullable
    List<String> sortedTags() {
        return tags == null ? null : tags.stream().distinct().sorted().toList();
    }

    /** For the audit log: what was changed to what; never what was written. */
    Map<String, String> audited() {
        Map<String, String> detail = new TreeMap<>();
        if (state != null) {
            detail.put("state", state.name());
        }
        if (owner != null) {
            detail.put("owner", owner);
        }
        if (note != null) {
            detail.put("note", "added");
        }
        if (tags != null) {
            detail.put("tags", String.join(", ", tags));
        }
        if (finding != null) {
            detail.put("finding", finding.kind().name());
        }
        return detail;
    }
}
