package org.sekisho.control.notification;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.export.SignedPost;
import org.sekisho.control.identity.Role;
import org.sekisho.control.notification.Subscription.Transport;
import org.sekisho.control.organisation.OrgUnit;
import org.sekisho.control.rest.ProblemException;

/** Who is told of what. For the whole organisation: mails leave it. */
@Path("/api/v1/notification-subscriptions")
@Tag(name = "notifications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Name.ADMINISTRATOR)
public class SubscriptionsResource {
    /** They are served one after the other. */
    static final int MOST = 50;

    private final SubscriptionStore subscriptions;
    private final AuditLog audit;

    @Inject
    SubscriptionsResource(SubscriptionStore subscriptions, AuditLog audit) {
        this.subscriptions = subscriptions;
        this.audit = audit;
    }

    /** By name. */
    @GET
    @RolesAllowed({Role.Name.ADMINISTRATOR, Role.Name.AUDITOR})
    @Operation(operationId = "listNotificationSubscriptions", summary = "Who is told of what, and how that goes")
    public SubscriptionPage list() {
        return new SubscriptionPage(subscriptions.views(), null);
    }

    /** Begins with what comes from now on. A webhook's secret is shown this once. */
    @POST
    @Transactional
    @ResponseStatus(201)
    @APIResponseSchema(value = MadeSubscription.class, responseCode = "201")
    @Operation(operationId = "createNotificationSubscription", summary = "Tell somebody of what happens from now on")
    public MadeSubscription create(@NotNull @Valid NewSubscription wanted) {
        checkAddress(wanted.transport(), wanted.address(), wanted.anchor());
        if (subscriptions.views().size() >= MOST) {
            throw ProblemException.badRequest("There can be " + MOST + " subscriptions at most");
        }
        UUID id = UUID.randomUUID();
        String secret = wanted.transport() == Transport.WEBHOOK ? SignedPost.newSecret() : null;
        OrgUnit branch = wanted.branch() == null || wanted.branch().isBlank() ? null : OrgUnit.parse(wanted.branch());
        if (!subscriptions.insert(id, wanted, branch == null ? null : branch.path(), secret)) {
            throw nameTaken();
        }
        audit.record(
                "notification.create",
                wanted.name().strip(),
                Map.of(
                        "transport", wanted.transport().name(),
                        "address", wanted.address(),
                        "topics", wanted.topics().toString()));
        return new MadeSubscription(existing(id), secret);
    }

    private static void checkAddress(Transport transport, String address, @Nullable String anchor) {
        try {
            switch (transport) {
                case MAIL -> new InternetAddress(address, true).validate();
                case WEBHOOK -> SignedPost.check(address, anchor == null || anchor.isBlank() ? null : anchor);
            }
        } catch (AddressException e) {
            throw ProblemException.badRequest("The address is no mail address");
        } catch (IOException e) {
            throw ProblemException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException nameTaken() {
        return new ProblemException(409, "name-taken", "There is a subscription of that name already");
    }

    /** Changes it, pauses it, or goes on with what comes from then on; refused with 409 if somebody else changed it meanwhile. */
    @PATCH
    @Path("{id}")
    @Transactional
    @Operation(
            operationId = "updateNotificationSubscription",
            summary = "Change whom to tell of what, pause telling somebody, or go on with it")
    public SubscriptionView update(@PathParam("id") UUID id, @NotNull @Valid SubscriptionChange change) {
        SubscriptionView before = existing(id);
        String address = change.address() == null ? before.address() : change.address();
        if (before.transport() == Transport.WEBHOOK && !address.equals(before.address())) {
            throw new ProblemException(
                    422,
                    "webhook-address",
                    "A webhook's key belongs to its address: add another one for the new address");
        }
        checkAddress(before.transport(), address, change.anchor());
        if (change.name() != null && subscriptions.isTaken(change.name().strip(), id)) {
            throw nameTaken();
        }
        if (!subscriptions.change(id, change)) {
            throw ProblemException.stale("The subscription is at version " + before.version());
        }
        audit.record("notification.update", before.name(), change.audited());
        return existing(id);
    }

    /** What it hasn't been told yet it won't be. */
    @DELETE
    @Path("{id}")
    @Transactional
    @Operation(operationId = "deleteNotificationSubscription", summary = "Tell somebody no more")
    public void delete(@PathParam("id") UUID id) {
        SubscriptionView before = existing(id);
        subscriptions.delete(id);
        audit.record("notification.delete", before.name(), Map.of("address", before.address()));
    }

    private SubscriptionView existing(UUID id) {
        return subscriptions.view(id).orElseThrow(() -> ProblemException.notFound("notification subscription", id));
    }

    /**
     * All of them.
     *
     * @param next always null
     */
    @Schema(requiredProperties = "items")
    public record SubscriptionPage(
            List<SubscriptionView> items, @Nullable String next) {}

    /**
     * One that was made.
     *
     * @param secret key of the webhook's signature, never shown again; absent for mail
     */
    @Schema(
            name = "NewlyMadeNotificationSubscription",
            requiredProperties = {"subscription"})
    public record MadeSubscription(
            SubscriptionView subscription, @Nullable String secret) {}
}
