package org.sekisho.control.notification;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whom to tell of what.
 *
 * @param address for MAIL a mail address, for WEBHOOK one that begins with {@code https://}
 * @param anchor PEM of the authority that a webhook's certificate must come from; absent: those that Java trusts
 * @param branch only of this branch of the organisation; absent or empty: everything
 * @param language of mails; webhooks get both
 */
@Schema(name = "NewNotificationSubscription")
public record NewSubscription(
        @NotBlank @Size(max = 100) @Pattern(regexp = "\\P{Cntrl}*")
        String name,

        @NotNull Subscription.Transport transport,

        @NotBlank @Size(max = 500) @Pattern(regexp = "[!-~]*")
        String address,

        @Size(max = 20_000) @Nullable String anchor,
        @NotNull @Size(min = 1, max = 10) List<@NotNull Topic> topics,

        @NotNull @Pattern(regexp = "LOW|MEDIUM|HIGH|CRITICAL")
        String leastSeverity,

        @Size(max = 200) @Nullable String branch,
        @NotNull @Pattern(regexp = "ja|en") String language) {}
