package org.sekisho.agent.uplink;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sekisho.agent.uplink.EnrolmentException.Reason;

/**
 * Reads why a server refused, from its problem document (RFC 9457). Only the two members that matter are looked for, so
 * that the agent needs no JSON parser; anything else is the plain refusal.
 */
final class EnrolmentRefusal {
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([A-Za-z0-9_.-]{1,64})\"");
    private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"([^\"\\\\]{1,300})\"");

    private EnrolmentRefusal() {}

    static EnrolmentException read(int status, String problem) {
        String code = first(CODE, problem).toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        String detail = first(DETAIL, problem);
        String message = "HTTP %d%s%s"
                .formatted(status, code.isEmpty() ? "" : " " + code, detail.isEmpty() ? "" : ": " + detail);
        return new EnrolmentException(reason(status, code), message);
    }

    private static Reason reason(int status, String code) {
        if (code.contains("used-up")) {
            return Reason.TOKEN_USED_UP;
        }
        if (code.contains("expired")) {
            return Reason.TOKEN_EXPIRED;
        }
        if (code.contains("token") || status == 401 || status == 403) {
            return Reason.TOKEN_UNKNOWN;
        }
        return Reason.REFUSED;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
