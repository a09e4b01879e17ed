package org.sekisho.policy;

import java.util.Map;

/** Where in a YAML text the parts of a policy stand. Immutable. */
public final class SourceMap {
    /** Of a policy that did not come from a text. */
    public static final SourceMap EMPTY = new SourceMap(Map.of());

    private final Map<String, Position> positions;

    SourceMap(Map<String, Position> positions) {
        this.positions = Map.copyOf(positions);
    }

    /**
     * Where a part stands, or the nearest part around it that the text has.
     *
     * @param path such as {@code rules[3].clipboard.source}
     */
    public Position locate(String path) {
        String part = path;
        while (true) {
            Position position = positions.get(part);
            if (position != null || part.isEmpty()) {
                return position == null ? Position.UNKNOWN : position;
            }
            part = part.substring(0, Math.max(0, Math.max(part.lastIndexOf('.'), part.lastIndexOf('['))));
        }
    }
}
