package org.sekisho.control.export;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.export.Destination.Format;
import org.sekisho.control.export.Destination.Transport;
import org.sekisho.control.rest.ProblemException;

/**
 * A destination to be made.
 *
 * @param address for SYSLOG {@code host:port}, for WEBHOOK an address that begins with {@code https://}
 * @param anchor PEM of the authority that the receiver's certificate must come from; absent: those that Java trusts
 */
@Schema(name = "NewExportDestination")
public record NewDestination(
        @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*")
        String name,

        @NotNull Transport transport,
        @NotNull Format format,

        @NotBlank @Size(max = 500) @Pattern(regexp = "[!-~]*")
        String address,

        @Size(max = 20_000) @Nullable String anchor) {
    private static final java.util.regex.Pattern HOST_AND_PORT =
            java.util.regex.Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\]):([0-9]{1,5})");

    /** @throws ProblemException 400 if it can't work */
    void check() {
        if (transport == Transport.WEBHOOK && format == Format.CEF) {
            throw ProblemException.badRequest("CEF goes over SYSLOG only");
        }
        if (transport == Transport.SYSLOG) {
            var matched = HOST_AND_PORT.matcher(address);
            if (!matched.matches() || !isPort(Integer.parseInt(matched.group(2)))) {
                throw ProblemException.badRequest(
                        "The address of a syslog server is host:port, such as log.city.example:6514");
            }
        } else if (!SignedPost.isHttps(address)) {
            throw ProblemException.badRequest(
                    "The address of a webhook begins with https:// and carries no name or password");
        }
        try {
            ReceiverTrust.of(anchor);
        } catch (IOException e) {
            throw ProblemException.badRequest("The authority's certificate can't be read; it must be PEM");
        }
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= 65_535;
    }
}
