package org.sekisho.control.incident.draft;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.sekisho.control.rest.ProblemException;

/**
 * What people wrote, whole.
 *
 * @param items those that people wrote; of the others the proposal stands
 * @param version as last seen
 */
@Schema(name = "ReportDraftChange")
public record DraftChange(
        @NotNull @Size(max = 9) List<@NotNull @Valid Text> items,
        @NotNull @Min(0) Long version) {

    /** What stands in place of the proposal. */
    @Schema(name = "ReportDraftText")
    public record Text(
            @NotNull ReportItem item,
            @NotBlank @Size(max = 4000) String text) {}

    /**
     * By item.
     *
     * @throws ProblemException 422 where one looks as if it had a personal number in it; 400 where one comes twice
     */
    Map<ReportItem, String> checked() {
        Map<ReportItem, String> checked = new EnumMap<>(ReportItem.class);
        for (Text one : items) {
            if (PersonalNumbers.in(one.text())) {
                throw new ProblemException(
                        422,
                        "personal-number",
                        one.item() + " has twelve digits that look like a personal number; a report must not have one");
            }
            if (checked.put(one.item(), one.text().strip()) != null) {
                throw ProblemException.badRequest(one.item() + " comes twice");
            }
        }
        return checked;
    }
}
