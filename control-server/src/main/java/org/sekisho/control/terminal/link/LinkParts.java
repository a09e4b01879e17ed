package org.sekisho.control.terminal.link;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.sekisho.control.ServerSettings;
import org.sekisho.control.event.ingest.Ingest;
import org.sekisho.control.incident.Incidents;
import org.sekisho.control.terminal.Contacts;
import org.sekisho.control.terminal.TerminalStore;
import org.sekisho.control.terminal.TerminalStore.KnownTerminal;
import org.sekisho.control.terminal.command.Commands;

/** What each stream needs of the rest of the server. */
@Singleton
class LinkParts {
    final LiveStreams streams;
    final Ingest ingest;
    final Contacts contacts;
    final CurrentPolicies policies;
    final CurrentPermits permits;
    final CurrentMediaRegisters mediaRegisters;
    final PolicyAnswers answers;
    final Commands commands;
    final PermitAnswers permitAnswers;
    final Renewals renewals;
    final Incidents incidents;
    final Supersession supersession;
    final StreamTimer timer;
    final ServerSettings settings;
    final String version;
    private final TerminalStore terminals;

    @Inject
    LinkParts(
            LiveStreams streams,
            Ingest ingest,
            Contacts contacts,
            CurrentPolicies policies,
            CurrentPermits permits,
            CurrentMediaRegisters mediaRegisters,
            PolicyAnswers answers,
            Commands commands,
            PermitAnswers permitAnswers,
            Renewals renewals,
            Incidents incidents,
            Supersession supersession,
            StreamTimer timer,
            ServerSettings settings,
            TerminalStore terminals,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.streams = streams;
        this.ingest = ingest;
        this.contacts = contacts;
        this.policies = policies;
        this.permits = permits;
        this.mediaRegisters = mediaRegisters;
        this.answers = answers;
        this.commands = commands;
        this.permitAnswers = permitAnswers;
        this.renewals = renewals;
        this.incidents = incidents;
        this.supersession = supersession;
        this.timer = timer;
        this.settings = settings;
        this.terminals = terminals;
        this.version = version;
    }

    /** The terminal as it is known now, if the certificate still admits it. */
    Optional<KnownTerminal> admitted(Peer peer) {
        return terminals.admit(peer.id(), peer.serial());
    }
}
