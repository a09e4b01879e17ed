-- Reports that were made, as they were when they were made.

CREATE TABLE report (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL CHECK (kind IN ('ENFORCEMENT', 'SELF_INSPECTION', 'EXFILTRATION', 'OPERATOR_AUDIT')),
    -- Days in Japan, both included; of ENFORCEMENT the last one counts.
    from_day    date NOT NULL,
    until_day   date NOT NULL CHECK (until_day >= from_day),
    -- Path of the division that it is about, with all below; null: the whole organisation.
    org_unit    text,
    made_by     text NOT NULL,
    made_at     timestamptz NOT NULL,
    state       text NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    -- Steps of the work; total 0: not known yet.
    done        integer NOT NULL DEFAULT 0,
    total       integer NOT NULL DEFAULT 0,
    -- When the replica that makes it last told; one that tells no more has died, and another takes over.
    progress_at timestamptz,
    finished_at timestamptz,
    failure     text,
    -- JSON (org.sekisho.control.report.ReportContent): figures and facts, in no language yet.
    content     text,
    CHECK ((state = 'DONE') = (content IS NOT NULL))
);
CREATE INDEX report_to_make ON report (id) WHERE state IN ('WAITING', 'RUNNING');
