package org.sekisho.control.terminal.link;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.sekisho.control.incident.IncidentKind;
import org.sekisho.control.incident.IncidentReport;
import org.sekisho.control.incident.Incidents;
import org.sekisho.control.policy.RolloutRecorder;
import org.sekisho.control.terminal.Contacts;
import org.sekisho.control.terminal.TerminalStore.KnownTerminal;
import org.sekisho.v1.PolicyAck;
import org.sekisho.v1.PolicyProgress;

/** Keeps how far a policy has come on a terminal; a refusal is an incident. */
@Singleton
class PolicyAnswers {
    private final RolloutRecorder rollout;
    private final Contacts contacts;
    private final Incidents incidents;

    @Inject
    PolicyAnswers(RolloutRecorder rollout, Contacts contacts, Incidents incidents) {
        this.rollout = rollout;
        this.contacts = contacts;
        this.incidents = incidents;
    }

    void heard(KnownTerminal terminal, PolicyAck ack) {
        rollout.record(terminal.id(), terminal.segment(), ack);
        if (ack.getProgress() == PolicyProgress.POLICY_ENFORCED) {
            contacts.runs(terminal.id(), ack.getRevision());
        }
        if (ack.getProgress() == PolicyProgress.POLICY_REFUSED) {
            incidents.open(IncidentReport.about(IncidentKind.POLICY_REFUSED, terminal.id())
                    .withDetail("revision " + ack.getRevision() + ": " + ack.getRefusal()));
        }
    }
}
