package org.sekisho.control.policy.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One line of a simulation's answer: how far it is, or, on the last line, the report or why there is none.
 *
 * @param done attempts that were decided again
 * @param total attempts there are, as counted at the start
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"done", "total"})
public record SimulationLine(
        long done,
        long total,
        @Nullable SimulationReport report,
        @Nullable String failure) {
    static SimulationLine progress(long done, long total) {
        return new SimulationLine(done, total, null, null);
    }

    static SimulationLine end(SimulationReport report) {
        return new SimulationLine(report.attempts(), report.attempts(), report, null);
    }

    static SimulationLine failed(String failure) {
        return new SimulationLine(0, 0, null, failure);
    }
}
