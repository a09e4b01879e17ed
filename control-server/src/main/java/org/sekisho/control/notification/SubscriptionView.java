package org.sekisho.control.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of what, and how that goes.
 *
 * @param ownAuthority a webhook's certificate must come from an authority that was given
 * @param branch only of this branch of the organisation; absent: everything
 * @param delivered notices so far
 * @param failures since the last success
 */
@Schema(
        name = "NotificationSubscription",
        requiredProperties = {
            "id",
            "name",
            "transport",
            "address",
            "ownAuthority",
            "topics",
            "leastSeverity",
            "language",
            "enabled",
            "delivered",
            "failures",
            "version"
        })
public record SubscriptionView(
        UUID id,
        String name,
        Subscription.Transport transport,
        String address,
        boolean ownAuthority,
        List<Topic> topics,
        String leastSeverity,
        @Nullable String branch,
        String language,
        boolean enabled,
        long delivered,
        @Nullable Instant deliveredAt,
        int failures,
        @Nullable Instant failedAt,
        @Nullable String failure,
        long version) {}
