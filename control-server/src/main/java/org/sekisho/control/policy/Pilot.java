package org.sekisho.control.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.rest.ProblemException;

/**
 * Whom a revision goes to first. Somebody who comes into one of the divisions while the pilot runs belongs to it.
 *
 * @param units divisions, each with all below it
 * @param terminals single ones, by id
 */
@Schema(
        name = "Pilot",
        requiredProperties = {"units", "terminals"})
public record Pilot(
        @Size(max = MOST) List<@NotBlank @Size(max = 200) String> units,
        @Size(max = MOST) List<@NotBlank @Size(max = 64) String> terminals) {
    /** A pilot of more divisions or single terminals is no pilot. */
    static final int MOST = 200;

    /** Copied. */
    public Pilot {
        units = List.copyOf(units);
        terminals = List.copyOf(terminals);
    }

    /** As it comes in a request; what is absent is empty. */
    @JsonCreator
    static Pilot of(
            @JsonProperty("units") @Nullable List<String> units,
            @JsonProperty("terminals") @Nullable List<String> terminals) {
        return new Pilot(units == null ? List.of() : units, terminals == null ? List.of() : terminals);
    }

    /**
     * The same in normal form.
     *
     * @throws ProblemException 400 if it names nobody, or what can't be a division
     */
    Pilot checked() {
        if (units.isEmpty() && terminals.isEmpty()) {
            throw ProblemException.badRequest(
                    "A pilot names at least one division or terminal; leave it out to publish" + " to everybody");
        }
        return new Pilot(
                units.stream()
                        .map(unit -> OrgUnit.parse(unit).path())
                        .distinct()
                        .toList(),
                terminals.stream().distinct().toList());
    }

    static @Nullable Pilot read(ResultSet row, String units, String terminals) throws SQLException {
        Array found = row.getArray(units);
        return found == null ? null : new Pilot(texts(found), texts(row.getArray(terminals)));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    String[] unitArray() {
        return units.toArray(String[]::new);
    }

    String[] terminalArray() {
        return terminals.toArray(String[]::new);
    }
}
