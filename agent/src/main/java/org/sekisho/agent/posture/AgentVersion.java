package org.sekisho.agent.posture;

import java.util.Optional;

/** The version of this program. */
public final class AgentVersion {
    private AgentVersion() {}

    /** As the build wrote it into the jar; {@code development} when run from classes. */
    public static String current() {
        return Optional.ofNullable(AgentVersion.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
