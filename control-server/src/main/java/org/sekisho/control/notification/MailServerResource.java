package org.sekisho.control.notification;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.export.ReceiverTrust;
import org.sekisho.control.identity.Role;
import org.sekisho.control.rest.ProblemException;

/** By which server mail goes out. */
@Path("/api/v1/mail-server")
@Tag(name = "notifications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMINISTRATOR)
public class MailServerResource {
    private final Jdbi jdbi;
    private final MailServerStore servers;
    private final Mailer mailer;
    private final AuditLog audit;

    @Inject
    MailServerResource(Jdbi jdbi, MailServerStore servers, Mailer mailer, AuditLog audit) {
        this.jdbi = jdbi;
        this.servers = servers;
        this.mailer = mailer;
        this.audit = audit;
    }

    /** Without the password. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "getMailServer", summary = "By which server mail goes out; 404: none")
    public MailServerView get() {
        return servers.view().orElseThrow(() -> ProblemException.notFound("mail server", "-"));
    }

    /** Replaces it; refused with 409 if somebody else changed it meanwhile. */
    @PUT
    @Transactional
    @Operation(operationId = "setMailServer", summary = "Say by which server mail goes out")
    public MailServerView set(@NotNull @Valid MailServerChange change) {
        try {
            ReceiverTrust.of(change.anchor() == null || change.anchor().isBlank() ? null : change.anchor());
        } catch (IOException e) {
            throw ProblemException.badRequest("The authority's certificate can't be read; it must be PEM");
        }
        if (change.password() == null
                && servers.view().filter(change::needsPassword).isPresent()) {
            throw ProblemException.badRequest(
                    "Enter the password again: it is given to no other server or user than it was entered for");
        }
        if (!servers.replace(change)) {
            throw ProblemException.stale("Somebody else has changed the mail server; load it again and repeat");
        }
        audit.record(
                "mail-server.update",
                change.host().strip(),
                Map.of(
                        "port", String.valueOf(change.port()),
                        "security", change.security().name(),
                        "sender", change.sender().strip()));
        return get();
    }

    /** Sends one mail now, and says what went wrong. */
    @POST
    @Path("test")
    @Operation(operationId = "testMailServer", summary = "Send a mail to try the mail server")
    public MailTestResult test(@NotNull @Valid MailTest test) {
        MailServer server = jdbi.withHandle(servers::find)
                .orElseThrow(
                        () -> new ProblemException(422, "no-mail-server", "Say first by which server mail goes out"));
        audit.record("mail-server.test", server.host(), Map.of("address", test.address()));
        try {
            mailer.send(server, test.address(), MailText.trial());
            return new MailTestResult(true, null);
        } catch (MessagingException | IOException e) {
            return new MailTestResult(false, Mailer.reason(e));
        }
    }

    /**
     * The settings.
     *
     * @param hasPassword whether one is kept; it is never given out
     * @param version to be sent back with a change
     */
    @Schema(
            name = "MailServer",
            requiredProperties = {"host", "port", "security", "hasPassword", "sender", "version"})
    public record MailServerView(
            String host,
            int port,
            MailServer.Security security,
            @Nullable String user,
            boolean hasPassword,
            String sender,
            @Nullable String anchor,
            long version) {}

    /**
     * Other settings.
     *
     * @param user absent: no sign-in
     * @param password absent: as before, which is refused where it would go to another server or user
     * @param version as last seen; 0: there was none
     */
    @Schema(name = "MailServerChange")
    public record MailServerChange(
            @NotNull @Pattern(regexp = "[A-Za-z0-9._:-]{1,253}")
            String host,

            @Min(1) @Max(65_535) int port,
            @NotNull MailServer.Security security,
            @Size(max = 200) @Nullable String user,
            @Size(min = 1, max = 200) @Nullable String password,
            @NotNull @Email @Size(max = 254) String sender,
            @Size(max = 20_000) @Nullable String anchor,
            @Min(0) long version) {
        /** Whether the password that is kept would go where nobody has entered it for. */
        boolean needsPassword(MailServerView kept) {
            String signIn = text(user);
            return kept.hasPassword()
                    && !signIn.isEmpty()
                    && !(host.strip().equals(kept.host())
                            && port == kept.port()
                            && security == kept.security()
                            && signIn.equals(text(kept.user()))
                            && text(anchor).equals(text(kept.anchor())));
        }

        private static String text(@Nullable String given) {
            return given == null ? "" : given.strip();
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "MailServerChange[" + host + ":" + port + "]";
        }
    }

    /** Where to. */
    public record MailTest(@NotNull @Email @Size(max = 254) String address) {}

    /**
     * Whether the server took it.
     *
     * @param failure why not
     */
    @Schema(requiredProperties = {"taken"})
    public record MailTestResult(boolean taken, @Nullable String failure) {}
}
