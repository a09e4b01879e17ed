package org.sekisho.control.identity;

import java.util.regex.Pattern;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.rest.ProblemException;

/** What an operator may be called: what people can tell apart on a page of the audit log. */
final class OperatorName {
    /** No control, format (direction), private-use or unassigned characters; no blank at either end, in any script. */
    private static final Pattern LEGIBLE = Pattern.compile("(?!\\p{Z})\\P{C}{1,200}(?<!\\p{Z})");

    private OperatorName() {}

    static boolean isLegible(String name) {
        return LEGIBLE.matcher(name).matches() && !name.equals(AuditLog.NOBODY);
    }

    /** @throws ProblemException 400, if nobody may be called that */
    static String checked(String name) {
        if (!isLegible(name)) {
            throw ProblemException.badRequest("name must be visible characters without a blank at either end, and not '"
                    + AuditLog.NOBODY + "', which in the audit log stands for nobody");
        }
        return name;
    }
}
