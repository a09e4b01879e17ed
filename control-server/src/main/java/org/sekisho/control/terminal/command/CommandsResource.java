package org.sekisho.control.terminal.command;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.identity.Jurisdiction;
import org.sekisho.control.identity.Role;
import org.sekisho.control.identity.WithinBranch;
import org.sekisho.control.rest.Cursor;
import org.sekisho.control.rest.ProblemException;
import org.sekisho.v1.CommandKind;

/** Orders to one terminal. */
@Path("/api/v1/terminals/{id}/commands")
@Tag(name = "terminals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class CommandsResource {
    /** A terminal that is away over a weekend still gets it. */
    private static final int DEFAULT_MINUTES = 3 * 24 * 60;

    private static final int MOST_MINUTES = 30 * 24 * 60;

    private final Commands commands;
    private final AuditLog audit;
    private final Jurisdiction jurisdiction;
    private final SecurityIdentity operator;

    @Inject
    CommandsResource(Commands commands, AuditLog audit, Jurisdiction jurisdiction, SecurityIdentity operator) {
        this.commands = commands;
        this.audit = audit;
        this.jurisdiction = jurisdiction;
        this.operator = operator;
    }

    /** Newest first. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.APPROVER, Role.Name.RESPONDER, Role.Name.AUDITOR})
    @WithinBranch
    @Operation(operationId = "listCommands", summary = "Commands to a terminal, newest first")
    public CommandPage list(
            @PathParam("id") String id,
            @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(Cursor.MAX_LIMIT) int limit,
            @QueryParam("after") @Nullable String after) {
        terminal(id);
        long before = after == null
                ? Long.MAX_VALUE
                : Cursor.number(Cursor.read(after, 1).getFirst());
        List<CommandView> found = commands.newest(id, before, limit + 1);
        if (found.size() <= limit) {
            return new CommandPage(found, null);
        }
        return new CommandPage(
                List.copyOf(found.subList(0, limit)),
                Cursor.of(found.get(limit - 1).number()));
    }

    /** Sent at once to a terminal that is connected, else when it comes back, until the command ends. */
    @POST
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.RESPONDER})
    @WithinBranch
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = CommandView.class, responseCode = "201")
    @Operation(operationId = "giveCommand", summary = "Give a terminal a command")
    public CommandView give(@PathParam("id") String id, @NotNull @Valid Order order) {
        if (!terminal(id)) {
            throw ProblemException.stale("Terminal " + id + " is revoked or out of use");
        }
        String text = order.text() == null ? "" : order.text().strip();
        boolean tells = order.kind().equals(CommandKind.SHOW_MESSAGE.name());
        if (tells == text.isEmpty()) {
            throw ProblemException.badRequest("text is for SHOW_MESSAGE, which needs it");
        }
        int minutes = order.minutes() == null ? DEFAULT_MINUTES : order.minutes();
        CommandView given = commands.order(
                        id,
                        CommandKind.valueOf(order.kind()),
                        text,
                        order.reason().strip(),
                        operator.getPrincipal().getName(),
                        Instant.now().plus(Duration.ofMinutes(minutes)))
                .orElseThrow(() -> ProblemException.stale(
                        "Terminal " + id + " has " + Commands.MOST_OPEN + " commands waiting; let it answer first"));
        audit.record(
                "terminal.command",
                id,
                Map.of("kind", order.kind(), "number", String.valueOf(given.number()), "reason", given.reason()));
        return given;
    }

    /** Whether it is in use. */
    private boolean terminal(String id) {
        return commands.isUsed(jurisdiction.reach(), id).orElseThrow(() -> ProblemException.notFound("terminal", id));
    }

    /**
     * What to do, and why.
     *
     * @param reason goes to the audit log
     * @param text for SHOW_MESSAGE: what to tell
     * @param minutes after which it isn't begun any more; three days if absent
     */
    public record Order(
            @NotNull @Pattern(regexp = "LOCK_SESSIONS|ISOLATE|RELEASE|COLLECT_STATUS|SHOW_MESSAGE")
            String kind,

            @NotBlank @Size(max = 500) String reason,
            @Size(max = 500) @Nullable String text,
            @Min(1) @Max(MOST_MINUTES) @Nullable Integer minutes) {}

    /**
     * A command, and how far it has come.
     *
     * @param detail what the terminal read back, or what went wrong
     */
    @Schema(
            name = "Command",
            requiredProperties = {
                "number",
                "kind",
                "text",
                "reason",
                "orderedBy",
                "orderedAt",
                "expiresAt",
                "state",
                "detail"
            })
    public record CommandView(
            long number,
            String kind,
            String text,
            String reason,
            String orderedBy,
            Instant orderedAt,
            Instant expiresAt,
            State state,
            String detail,
            @Nullable Instant deliveredAt,
            @Nullable Instant doneAt) {
        /** As org.sekisho.v1.CommandState. */
        @Schema(name = "CommandState")
        public enum State {
            WAITING,
            DELIVERED,
            DONE,
            FAILED,
            UNSUPPORTED,
            EXPIRED;

            /** What this version doesn't know is not claimed to be done. */
            static State ofWire(int number) {
                return number >= 0 && number < values().length ? values()[number] : FAILED;
            }
        }
    }

    /** One page. */
    @Schema(requiredProperties = "items")
    public record CommandPage(
            List<CommandView> items, @Nullable String next) {}
}
