package org.sekisho.control.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sekisho.control.testing.Exchange;
import org.sekisho.control.testing.PublishedContract;

/** What has been done, and where the document did not agree with it. */
final class Findings {
    private final PublishedContract contract;
    private final Set<String> done = new TreeSet<>();
    private final List<String> disagreements = new ArrayList<>();

    Findings(PublishedContract contract) {
        this.contract = contract;
    }

    void take(String operation, Exchange exchange) {
        disagreements.addAll(contract.disagreements(exchange));
        if (exchange.succeeded()) {
            done.add(operation);
        }
    }

    /** Names of the operations that succeeded. */
    Set<String> done() {
        return done;
    }

    /** Each once, in their order. */
    List<String> disagreements() {
        return disagreements.stream().distinct().toList();
    }
}
