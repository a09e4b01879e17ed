package org.sekisho.control.incident.draft;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.control.document.Document;
import org.sekisho.control.document.DocumentTexts;
import org.sekisho.control.incident.IncidentView;
import org.sekisho.control.incident.IncidentView.Finding;
import org.sekisho.control.incident.ReportClock;
import org.sekisho.control.incident.draft.CaseFacts.Measure;
import org.sekisho.control.incident.draft.DraftStore.Written;
import org.sekisho.control.incident.draft.ReportDraft.Item;

/** Puts what is known into the report's items, and marks what isn't. Pure. */
final class DraftWriter {
    private static final String TEXTS = "org.sekisho.control.incident.draft.texts";

    /** In either language: a draft may be read in another than it was written in. */
    private static final List<String> MARKS = Stream.of(Locale.JAPANESE, Locale.ENGLISH)
            .map(language -> new DocumentTexts(TEXTS, language).text("mark"))
            .toList();

    private final DocumentTexts texts;
    private final Locale language;

    DraftWriter(Locale language) {
        this.language = language;
        this.texts = new DocumentTexts(TEXTS, language);
    }

    ReportDraft draft(IncidentView incident, CaseFacts facts, ReportStage stage, Written written) {
        Map<ReportItem, String> proposals = proposals(incident, facts, stage);
        List<Item> items = new ArrayList<>();
        proposals.forEach((item, proposed) -> {
            String own = written.items().get(item);
            String text = own == null ? proposed : own;
            boolean complete = MARKS.stream().noneMatch(text::contains);
            items.add(new Item(item, texts.text("item." + item), text, proposed, own != null, complete));
        });
        return new ReportDraft(
                incident.id(),
                stage,
                texts.text("title." + stage, String.valueOf(incident.id())),
                texts.text("note." + stage),
                stage.due(incident.clock()),
                items,
                (int) items.stream().filter(item -> !item.complete()).count(),
                written.version(),
                written.by(),
                written.at());
    }

    /** To be printed and filed. */
    Document document(ReportDraft draft, String tenant, Instant now) {
        Document.Builder document = new Document.Builder(draft.title(), subtitle(draft, tenant, now), language);
        document.paragraph(draft.note());
        for (Item item : draft.items()) {
            document.heading(item.heading()).paragraph(item.text());
        }
        return document.build();
    }

    /** To be pasted into the commission's form. */
    String plain(ReportDraft draft, String tenant, Instant now) {
        StringBuilder plain = new StringBuilder(draft.title())
                .append('\n')
                .append(subtitle(draft, tenant, now))
                .append("\n\n")
                .append(draft.note())
                .append('\n');
        draft.items()
                .forEach(item -> plain.append('\n')
                        .append(item.heading())
                        .append('\n')
                        .append(item.text())
                        .append('\n'));
        return plain.toString();
    }

    private String subtitle(ReportDraft draft, String tenant, Instant now) {
        String due = draft.dueAt() == null ? texts.text("no-due") : texts.time(draft.dueAt());
        return texts.text("subtitle", tenant, texts.time(now), due);
    }

    private Map<ReportItem, String> proposals(IncidentView incident, CaseFacts facts, ReportStage stage) {
        Map<ReportItem, String> proposals = new EnumMap<>(ReportItem.class);
        for (ReportItem item : ReportItem.values()) {
            List<String> lines = switch (item) {
                case OVERVIEW -> overview(incident, facts);
                case INFORMATION -> information(facts);
                case PEOPLE -> people(incident.clock(), facts);
                case CAUSE -> cause(incident);
                case SECONDARY_DAMAGE, NOTIFICATION, PUBLICATION -> List.of(missing(item, stage));
                case PREVENTION -> prevention(facts, stage);
                case OTHER -> other(incident, facts, stage);
            };
            proposals.put(item, String.join("\n", lines));
        }
        return proposals;
    }

    private List<String> overview(IncidentView incident, CaseFacts facts) {
        ReportClock clock = incident.clock();
        List<String> lines = new ArrayList<>();
        lines.add(texts.text("known", clock == null ? texts.text("mark") : texts.time(clock.knownAt())));
        lines.add(texts.text("happened", texts.time(incident.firstAt()), texts.time(incident.lastAt())));
        lines.add(texts.text("division", facts.orgUnit() == null ? texts.text("mark") : facts.orgUnit()));
        lines.add(texts.text("terminal", incident.host() == null ? incident.terminal() : incident.host()));
        if (facts.segment() != null) {
            lines.add(texts.text("segment", texts.text("segment." + facts.segment())));
        }
        lines.add(texts.text(
                "what",
                language.getLanguage().equals("ja")
                        ? incident.title().ja()
                        : incident.title().en()));
        if (facts.stopped() + facts.others() > 0) {
            lines.add(texts.text("acts", facts.stopped() + facts.others(), facts.stopped(), facts.others()));
        }
        lines.add(texts.text("noticed"));
        lines.add(texts.text("ask.overview", texts.text("mark")));
        return lines;
    }

    private List<String> information(CaseFacts facts) {
        List<String> lines = new ArrayList<>();
        if (facts.labels().isEmpty()) {
            lines.add(texts.text("no-labels"));
        }
        facts.labels().forEach((label, count) -> lines.add(texts.text("label", texts.text("label." + label), count)));
        if (facts.truncated()) {
            lines.add(texts.text("truncated", CaseFactsReader.MOST_EVENTS));
        }
        lines.add(texts.text("ask.information", texts.text("mark")));
        return lines;
    }

    private List<String> people(@Nullable ReportClock clock, CaseFacts facts) {
        if (clock != null && clock.people() != null) {
            return List.of(texts.text("people", clock.people()));
        }
        long numbers = facts.labels().getOrDefault("my_number", 0L);
        String ask = texts.text("ask.people", texts.text("mark"));
        return numbers == 0 ? List.of(ask) : List.of(ask, texts.text("people-hint", numbers));
    }

    private List<String> cause(IncidentView incident) {
        List<String> lines = new ArrayList<>();
        if (incident.clock() != null && incident.clock().wrongful()) {
            lines.add(texts.text("wrongful"));
        }
        if (incident.finding() == null) {
            lines.add(texts.text("ask.cause", texts.text("mark")));
        } else {
            Finding kind = incident.finding().kind();
            lines.add(texts.text("finding." + kind));
            lines.add(PersonalNumbers.masked(incident.finding().text()));
        }
        return lines;
    }

    private List<String> prevention(CaseFacts facts, ReportStage stage) {
        List<String> lines = new ArrayList<>();
        if (!facts.measures().isEmpty()) {
            lines.add(texts.text("done"));
            facts.measures().forEach(measure -> lines.add(line(measure)));
        }
        lines.add(missing(ReportItem.PREVENTION, stage));
        return lines;
    }

    private String line(Measure measure) {
        String what = texts.text("measure." + measure.kind(), measure.detail());
        String line = texts.text("measure", texts.time(measure.at()), what);
        return measure.state() == null ? line : line + texts.text("state." + measure.state());
    }

    private List<String> other(IncidentView incident, CaseFacts facts, ReportStage stage) {
        List<String> lines = new ArrayList<>();
        lines.add(texts.text("number", String.valueOf(incident.id()), texts.text("incident." + incident.state())));
        ReportClock clock = incident.clock();
        if (stage == ReportStage.FINAL && clock != null && clock.preliminaryAt() != null) {
            lines.add(texts.text("preliminary", texts.time(clock.preliminaryAt())));
        }
        if (facts.stopped() + facts.others() > 0) {
            lines.add(texts.text("record"));
        }
        lines.add(texts.text("ask.other", texts.text("mark")));
        return lines;
    }

    private String missing(ReportItem item, ReportStage stage) {
        String ask = texts.text("ask." + item, texts.text("mark"));
        return stage == ReportStage.PRELIMINARY ? ask + texts.text("if-unknown") : ask;
    }
}
