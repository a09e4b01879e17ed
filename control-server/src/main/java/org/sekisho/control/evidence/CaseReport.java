package org.sekisho.control.evidence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.audit.ChainedEntry;
import org.sekisho.control.document.Document;
import org.sekisho.control.document.Document.Column;
import org.sekisho.control.document.DocumentTexts;
import org.sekisho.control.event.EventView;
import org.sekisho.control.event.EventViews;
import org.sekisho.control.event.StoredEvent;
import org.sekisho.control.evidence.CaseChain.OwnEvents;
import org.sekisho.control.evidence.CaseChain.Run;
import org.sekisho.control.evidence.CaseChain.Written;
import org.sekisho.control.evidence.CaseFiles.SignedPolicy;
import org.sekisho.control.incident.IncidentView;
import org.sekisho.control.pki.Installation;

/** Says for people what a pack holds. It proves nothing itself; the other files do. */
@Singleton
class CaseReport {
    private static final String TEXTS = "org.sekisho.control.evidence.texts";

    private final Installation installation;

    @Inject
    CaseReport(Installation installation) {
        this.installation = installation;
    }

    Document of(
            IncidentView incident,
            OwnEvents own,
            Written written,
            List<SignedPolicy> policies,
            List<ChainedEntry> acts,
            String operator,
            Instant made,
            Locale language) {
        DocumentTexts words = new DocumentTexts(TEXTS, language);
        String title = language.getLanguage().equals("ja")
                ? incident.title().ja()
                : incident.title().en();
        Document.Builder document = new Document.Builder(
                words.text("title", String.valueOf(incident.id())),
                words.text("subtitle", installation.tenant(), words.time(made), operator),
                language);
        document.paragraph(words.text("reading"));
        document.heading(words.text("incident")).facts(facts(incident, title, words));
        if (incident.finding() != null) {
            document.heading(words.text("finding"))
                    .facts(List.of(
                            Map.entry(
                                    words.text("kind"),
                                    words.text("finding." + incident.finding().kind())),
                            Map.entry(words.text("by"), incident.finding().by()),
                            Map.entry(
                                    words.text("at"),
                                    words.time(incident.finding().at()))))
                    .paragraph(incident.finding().text());
        }
        document.heading(words.text("notes"));
        if (incident.notes().isEmpty()) {
            document.paragraph(words.text("none"));
        } else {
            document.table(
                    List.of(
                            new Column(words.text("at"), 2, false),
                            new Column(words.text("by"), 1.5, false),
                            new Column(words.text("note"), 5, false)),
                    incident.notes().stream()
                            .map(note -> List.of(words.time(note.at()), note.by(), note.text()))
                            .toList());
        }
        events(own, document, words);
        chain(written, document, words);
        policies(policies, document, words);
        acts(acts, document, words);
        return document.build();
    }

    private static List<Map.Entry<String, String>> facts(IncidentView incident, String title, DocumentTexts words) {
        List<Map.Entry<String, String>> facts = new ArrayList<>();
        add(facts, words.text("what"), title);
        add(facts, words.text("state"), words.text("state." + incident.state()));
        add(facts, words.text("severity"), words.text("severity." + incident.severity()));
        add(facts, words.text("terminal"), incident.terminal());
        add(facts, words.text("host"), incident.host());
        add(facts, words.text("user"), incident.user());
        add(facts, words.text("rule"), incident.rule());
        add(facts, words.text("detail"), incident.detail());
        add(facts, words.text("count"), String.valueOf(incident.count()));
        add(facts, words.text("first"), words.time(incident.firstAt()));
        add(facts, words.text("last"), words.time(incident.lastAt()));
        add(facts, words.text("opened"), words.time(incident.openedAt()));
        add(facts, words.text("owner"), incident.owner());
        add(facts, words.text("tags"), String.join("、", incident.tags()));
        return facts;
    }

    private static void add(List<Map.Entry<String, String>> facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.add(Map.entry(name, value));
        }
    }

    private static void events(OwnEvents own, Document.Builder document, DocumentTexts words) {
        document.heading(words.text("events"));
        document.paragraph(
                words.text("events.lead", own.shown().size(), own.events().size() + own.omitted()));
        if (own.shown().isEmpty()) {
            return;
        }
        document.table(
                List.of(
                        new Column(words.text("at"), 2, false),
                        new Column(words.text("seq"), 0.9, true),
                        new Column(words.text("verdict"), 1.4, false),
                        new Column(words.text("rule"), 1.8, false),
                        new Column(words.text("what"), 4.5, false)),
                own.shown().stream().map(event -> row(event, words)).toList());
    }

    private static List<String> row(StoredEvent stored, DocumentTexts words) {
        EventView view = EventViews.of(stored);
        String verdict = view.verdict() == null ? view.kind() : words.text("verdict." + view.verdict());
        return List.of(
                words.time(view.occurredAt()),
                String.valueOf(view.seq()),
                view.enforced() || view.verdict() == null ? verdict : verdict + "\n" + words.text("not-enforced"),
                view.rule() == null ? "" : view.rule() + " (" + view.revision() + ")",
                view.masked());
    }

    private static void chain(Written written, Document.Builder document, DocumentTexts words) {
        document.heading(words.text("chain"));
        document.paragraph(words.text("chain.lead"));
        if (written.runs().isEmpty()) {
            return;
        }
        document.table(
                List.of(
                        new Column(words.text("terminal"), 3, false),
                        new Column(words.text("branch"), 1, true),
                        new Column(words.text("from"), 1.2, true),
                        new Column(words.text("to"), 1.2, true),
                        new Column(words.text("checkpoints"), 3.5, false)),
                written.runs().stream().map(CaseReport::row).toList());
    }

    private static List<String> row(Run run) {
        return List.of(
                run.terminal(),
                String.valueOf(run.branch()),
                String.valueOf(run.first()),
                String.valueOf(run.last()),
                run.checkpoints().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private static void policies(List<SignedPolicy> policies, Document.Builder document, DocumentTexts words) {
        document.heading(words.text("policies"));
        if (policies.isEmpty()) {
            document.paragraph(words.text("none"));
            return;
        }
        document.table(
                List.of(
                        new Column(words.text("segment"), 2, false),
                        new Column(words.text("revision"), 1, true),
                        new Column(words.text("by"), 2, false)),
                policies.stream()
                        .map(policy ->
                                List.of(policy.segment(), String.valueOf(policy.revision()), policy.publishedBy()))
                        .toList());
    }

    private static void acts(List<ChainedEntry> acts, Document.Builder document, DocumentTexts words) {
        document.heading(words.text("acts"))
                .table(
                        List.of(
                                new Column(words.text("number"), 0.9, true),
                                new Column(words.text("at"), 2, false),
                                new Column(words.text("by"), 2, false),
                                new Column(words.text("act"), 2, false),
                                new Column(words.text("detail"), 3.5, false)),
                        acts.stream()
                                .map(ChainedEntry::entry)
                                .map(act -> List.of(
                                        String.valueOf(act.seq()),
                                        words.time(act.at()),
                                        act.operator(),
                                        act.action(),
                                        act.detail().equals("{}") ? "" : act.detail()))
                                .toList());
    }
}
