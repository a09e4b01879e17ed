package org.sekisho.control.terminal;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.sekisho.control.audit.AuditLog;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.Incidents;

/** What enrolments leave in the audit log, and what their abuse leaves for responders. */
@Singleton
class EnrolmentRecord {
    /** Where no terminal is known. */
    private static final String NO_TERMINAL = "-";

    private final AuditLog audit;
    private final Incidents incidents;

    @Inject
    EnrolmentRecord(AuditLog audit, Incidents incidents) {
        this.audit = audit;
        this.incidents = incidents;
    }

    <T> T inTransaction(Supplier<T> act) {
        return QuarkusTransaction.requiringNew().call(act::get);
    }

    void enrolled(String terminal, UUID token, String host, String address) {
        audit.recordAs(
                AuditLog.NOBODY,
                "terminal.enrol",
                terminal,
                Map.of("token", token.toString(), "host", host, "address", address));
    }

    /** One of our tokens was presented after it had ended: a copy of it may be in wrong hands. */
    void replayed(UUID token, String address, String host) {
        QuarkusTransaction.requiringNew().run(() -> {
            audit.recordAs(
                    AuditLog.NOBODY,
                    "enrolment.refuse",
                    token.toString(),
                    Map.of("host", host, "address", address, "why", "token expired, withdrawn or used up"));
            incidents.open(IncidentReport.about(IncidentKind.REFUSED_IDENTITY, NO_TERMINAL)
                    .withDetail("enrolment token " + token + " was presented again, from " + address));
        });
    }
}
