package org.sekisho.packaging.bench;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sekisho.packaging.rig.Rest;
import org.sekisho.packaging.rig.TerminalIdentity;

/** Enrols simulated terminals, with a line of progress. */
final class Terminals {
    private Terminals() {}

    static List<TerminalIdentity> enrol(Rest rest, int count)
            throws IOException, InterruptedException, GeneralSecurityException {
        String token = rest.post("/api/v1/enrolment-tokens", Map.of("segment", "MY_NUMBER", "uses", count))
                .get("token")
                .asText();
        List<TerminalIdentity> terminals = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            terminals.add(TerminalIdentity.enrol(rest, token, "simulated-" + i));
            if (i % 250 == 249) {
                System.out.println("enrolled " + (i + 1) + " of " + count + " terminals");
            }
        }
        return terminals;
    }
}
