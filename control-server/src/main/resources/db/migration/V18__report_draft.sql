-- What people wrote into the drafts of an incident's two reports to the commission, in place of what follows from the record.

CREATE TABLE incident_report_draft (
    incident  bigint NOT NULL REFERENCES incident (id),
    stage     text NOT NULL CHECK (stage IN ('PRELIMINARY', 'FINAL')),
    -- JSON: org.sekisho.control.incident.draft.ReportItem to text; nothing that looks like a personal number.
    written   text NOT NULL CHECK (length(written) <= 100000),
    version   bigint NOT NULL CHECK (version > 0),
    by        text NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (incident, stage)
);
