package org.sekisho.control.notification;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.AuditFacts;
import org.sekisho.control.organisation.OrgUnit;

/**
 * A change; what is absent stays.
 *
 * @param enabled false: pause; true: go on with what comes from then on
 * @param address of MAIL only: a webhook's key belongs to its address
 * @param anchor empty: the authorities that Java trusts
 * @param branch empty: everything
 * @param version as last seen
 */
@Schema(name = "NotificationSubscriptionChange")
public record SubscriptionChange(
        @Nullable Boolean enabled,

        @Size(min = 1, max = 100) @Pattern(regexp = "(?=.*\\S)\\P{Cntrl}*") @Nullable
        String name,

        @Size(min = 1, max = 500) @Pattern(regexp = "[!-~]*") @Nullable
        String address,

        @Size(max = 20_000) @Nullable String anchor,

        @Size(min = 1, max = 10) @Nullable List<@NotNull Topic> topics,

        @Pattern(regexp = "LOW|MEDIUM|HIGH|CRITICAL") @Nullable
        String leastSeverity,

        @Size(max = 200) @Nullable String branch,

        @Pattern(regexp = "ja|en") @Nullable String language,
        @NotNull Long version) {

    /** The branch's path; empty: everything; null: it stays. */
    @Nullable
    String branchPath() {
        return branch == null || branch.isBlank()
                ? branch
                : OrgUnit.parse(branch).path();
    }

    /** For the audit log. */
    Map<String, String> audited() {
        return new AuditFacts()
                .with("enabled", enabled)
                .with("name", name)
                .with("address", address)
                .with("anchor", anchor == null ? null : anchor.isBlank() ? "none" : "set")
                .with("topics", topics)
                .with("leastSeverity", leastSeverity)
                .with("branch", branch)
                .with("language", language)
                .map();
    }
}
