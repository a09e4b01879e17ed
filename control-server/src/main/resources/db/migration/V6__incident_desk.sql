-- The responders' desk: what is to be done by when, how it ended, and what it has in common with others.

ALTER TABLE incident
    ADD COLUMN opened_at    timestamptz NOT NULL DEFAULT now(),
    -- By when it should be closed, as the rule that opened it says.
    ADD COLUMN due_at       timestamptz,
    ADD COLUMN tags         text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 20),
    -- How it ended; only of closed ones.
    ADD COLUMN finding      text,
    ADD COLUMN finding_text text CHECK (length(finding_text) BETWEEN 1 AND 4000),
    ADD COLUMN closed_at    timestamptz,
    ADD COLUMN closed_by    text,
    -- The guideline's clock: since when the city has known of a leak, or that there may be one; null: none is suspected.
    ADD COLUMN leak_known_at   timestamptz,
    -- Whether it was done for a wrongful purpose: the full report then has 60 days instead of 30.
    ADD COLUMN leak_wrongful   boolean NOT NULL DEFAULT false,
    -- How many people's information; null: not known yet.
    ADD COLUMN leak_people     integer CHECK (leak_people >= 0),
    ADD COLUMN preliminary_at  timestamptz,
    ADD COLUMN final_at        timestamptz,
    ADD CHECK (finding IS NULL OR state = 'CLOSED'),
    ADD CHECK (leak_known_at IS NOT NULL OR (preliminary_at IS NULL AND final_at IS NULL));
CREATE INDEX incident_open_by_due ON incident (due_at) WHERE state <> 'CLOSED';
CREATE INDEX incident_with_leak ON incident (leak_known_at) WHERE leak_known_at IS NOT NULL;
CREATE INDEX incident_by_person ON incident (user_name, id) WHERE user_name <> '';

-- What incidents can have in common, taken from their events as they come in.
CREATE TABLE incident_trace (
    -- NUMBER: a fingerprint as 6 hex digits; DEVICE: as org.sekisho.control.incident.Traces writes it.
    kind      text NOT NULL CHECK (kind IN ('NUMBER', 'DEVICE')),
    value     text NOT NULL CHECK (length(value) <= 512),
    incident  bigint NOT NULL REFERENCES incident (id),
    PRIMARY KEY (kind, value, incident)
);
CREATE INDEX incident_trace_by_incident ON incident_trace (incident);

-- Two that belong together, as somebody decided; the smaller number first.
CREATE TABLE incident_link (
    one    bigint NOT NULL REFERENCES incident (id),
    other  bigint NOT NULL REFERENCES incident (id),
    by     text NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
);
CREATE INDEX incident_link_by_other ON incident_link (other);

-- When an operator's look at an incident was last recorded in the audit log.
CREATE TABLE incident_look (
    incident  bigint NOT NULL REFERENCES incident (id),
    operator  text NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (incident, operator)
);

-- What opens incidents, each change a version of its own; none: the rules that the server ships.
CREATE TABLE incident_rules (
    version  bigint PRIMARY KEY CHECK (version > 0),
    -- JSON, as the REST interface has it.
    rules    text NOT NULL,
    by       text NOT NULL,
    at       timestamptz NOT NULL,
    reason   text NOT NULL
);

-- Reports that are still below their rule's threshold. Rows older than the longest window are deleted.
CREATE TABLE incident_tally (
    story  bytea NOT NULL CHECK (length(story) = 32),
    at     timestamptz NOT NULL,
    count  bigint NOT NULL
);
CREATE INDEX incident_tally_by_story ON incident_tally (story, at);
CREATE INDEX incident_tally_by_age ON incident_tally (at);

-- The certificates themselves, so that an auditor can follow a terminal's signature to the authority. Null: issued before they were kept.
ALTER TABLE certificate ADD COLUMN der bytea;

-- What concerns one incident, out of all that operators did.
CREATE INDEX audit_entry_of_incident ON audit_entry (target, seq) WHERE action LIKE 'incident.%' OR action LIKE 'evidence.%';
