package org.sekisho.control.audit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what an entry says besides: names and values, and nothing of what is null. */
public final class AuditFacts {
    private final Map<String, String> detail = new TreeMap<>();

    /** With this, unless it is null. */
    public AuditFacts with(String name, @Nullable Object value) {
        if (value != null) {
            detail.put(name, value.toString());
        }
        return this;
    }

    /** By name. */
    public Map<String, String> map() {
        return Collections.unmodifiableMap(detail);
    }
}
