package org.sekisho.policy;

import java.util.List;
import java.util.Locale;
import org.sekisho.v1.Decision;
import org.sekisho.v1.Notice;
import org.sekisho.v1.Reason;

/** What a user is told about a decision. */
final class Notices {
    private Notices() {}

    static String in(Notice own, Decision decision, Locale language) {
        // These reasons are not the rule's, so its notice would mislead.
        if (decision.getReason() == Reason.TOO_LARGE || decision.getReason() == Reason.UNREADABLE) {
            return builtIn(decision, language);
        }
        boolean japanese = PolicyTexts.isJapanese(language) || own.getEn().isEmpty();
        String text = japanese && !own.getJa().isEmpty() ? own.getJa() : own.getEn();
        return text.isEmpty() ? builtIn(decision, language) : text;
    }

    static String builtIn(Decision decision, Locale language) {
        String key = key(decision);
        return key.isEmpty() ? "" : PolicyTexts.format(language, "notice." + key, List.of(decision.getRule()));
    }

    private static String key(Decision decision) {
        return switch (decision.getReason()) {
            case TOO_LARGE -> "too-large";
            case UNREADABLE -> "unreadable";
            case NO_POLICY -> Outcome.isRestriction(decision.getVerdict()) ? "no-policy" : "";
            case ISOLATED -> Outcome.isRestriction(decision.getVerdict()) ? "isolated" : "";
            case PERMIT_USED -> "permit-used";
            case JUSTIFICATION_REFUSED, JUSTIFICATION_UNASKED, PERSON_UNCLEAR -> "justification-refused";
            case RULE_MATCHED, CHANNEL_DEFAULT, JUSTIFICATION_GIVEN, REASON_UNSPECIFIED, UNRECOGNIZED ->
                switch (decision.getVerdict()) {
                    case ALLOW, AUDIT, VERDICT_UNSPECIFIED, UNRECOGNIZED -> "";
                    case JUSTIFY -> "justify";
                    case READ_ONLY -> "read-only";
                    case BLOCK -> "block";
                };
        };
    }
}
