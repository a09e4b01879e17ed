package org.sekisho.cli.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.sekisho.policy.Change;
import org.sekisho.policy.Finding;
import org.sekisho.policy.ParsedPolicy;
import org.sekisho.policy.PolicyCheck;
import org.sekisho.policy.PolicyDocument;
import org.sekisho.policy.PolicySyntaxException;

/** Checks and compares policies with the very code that the server and the terminals run, in the shapes that the server answers. */
final class OfflinePolicy {
    private final Clock clock;

    OfflinePolicy(Clock clock) {
        this.clock = clock;
    }

    /** Everything that is wrong or remarkable, in the order of the text; a text that is no policy has findings only. */
    List<Finding> check(String yaml) {
        try {
            return PolicyCheck.check(PolicyDocument.parse(yaml), clock.instant());
        } catch (PolicySyntaxException e) {
            return e.findings();
        }
    }

    /** The policy of a text. */
    static ParsedPolicy parse(String yaml) throws PolicySyntaxException {
        return PolicyDocument.parse(yaml);
    }

    /** As in the server's {@code findings}. */
    static ArrayNode json(List<Finding> findings) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            ObjectNode entry = list.addObject()
                    .put("severity", finding.level().name())
                    .put("code", finding.code().id());
            if (!finding.rule().isEmpty()) {
                entry.put("rule", finding.rule());
            }
            if (finding.line() > 0) {
                entry.put("line", finding.line()).put("column", finding.column());
            }
            entry.putObject("message").put("ja", finding.text(Locale.JAPANESE)).put("en", finding.text(Locale.ENGLISH));
        }
        return list;
    }

    /** As in the server's {@code changes}. */
    static ArrayNode changes(List<Change> changes) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Change change : changes) {
            ObjectNode entry =
                    list.addObject().put("direction", change.direction().name());
            if (!change.subject().isEmpty()) {
                entry.put("rule", change.subject());
            }
            if (!change.field().isEmpty()) {
                entry.put("field", change.field());
            }
            entry.putObject("message").put("ja", change.text(Locale.JAPANESE)).put("en", change.text(Locale.ENGLISH));
        }
        return list;
    }
}
