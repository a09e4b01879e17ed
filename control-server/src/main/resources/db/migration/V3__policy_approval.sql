-- What waits for a second person, and revisions that go to a part of a segment first.

-- A draft that loosens what is in force, until somebody else than its author consents. STALE and EXPIRED are not stored: they follow from base_revision
-- and expires_at.
CREATE TABLE policy_proposal (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    segment      smallint NOT NULL CHECK (segment BETWEEN 1 AND 3),
    name         text NOT NULL,
    yaml         text NOT NULL,
    reason       text NOT NULL,
    -- The segment's newest revision when it was made: consent is to the difference from it, so with a newer one there is none.
    base_revision bigint NOT NULL CHECK (base_revision > 0),
    -- Whom it goes to first; all null: everybody at once.
    pilot_units     text[],
    pilot_terminals text[],
    proposed_by  uuid NOT NULL REFERENCES operator (id),
    proposed_at  timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL CHECK (expires_at > proposed_at),
    state        text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
    decided_by   uuid REFERENCES operator (id),
    decided_at   timestamptz,
    decision_reason text,
    -- What it became.
    revision     bigint,
    UNIQUE (id, segment, revision),
    CHECK ((pilot_units IS NULL) = (pilot_terminals IS NULL)),
    CHECK ((state = 'OPEN') = (decided_by IS NULL)),
    CHECK ((state = 'OPEN') = (decided_at IS NULL)),
    CHECK ((state = 'APPROVED') = (revision IS NOT NULL)),
    -- Four eyes: nobody consents to, or refuses, what they proposed themselves; only who proposed it takes it back.
    CHECK (state NOT IN ('APPROVED', 'REFUSED') OR decided_by <> proposed_by),
    CHECK (state <> 'WITHDRAWN' OR decided_by = proposed_by)
);
CREATE INDEX policy_proposal_open ON policy_proposal (id) WHERE state = 'OPEN';

ALTER TABLE policy
    -- Against what was in force when it was published. Decided by the server's comparison; a segment's first revision loosens nothing.
    ADD COLUMN loosens  boolean NOT NULL DEFAULT false,
    ADD COLUMN proposal bigint,
    -- What loosens can't be there without the consent that its proposal records.
    ADD CHECK (NOT loosens OR proposal IS NOT NULL),
    ADD FOREIGN KEY (proposal, segment, revision) REFERENCES policy_proposal (id, segment, revision) DEFERRABLE INITIALLY DEFERRED;

-- Revisions that were not published to everybody at once; no row: to everybody.
CREATE TABLE policy_stage (
    segment    smallint NOT NULL,
    revision   bigint NOT NULL,
    -- PILOT: for the pilot group; STOPPED: for nobody who doesn't run it yet; ALL: for everybody.
    state      text NOT NULL CHECK (state IN ('PILOT', 'STOPPED', 'ALL')),
    -- Divisions with all below them, and single terminals. Whoever comes into the division meanwhile belongs to the group.
    units      text[] NOT NULL,
    terminals  text[] NOT NULL CHECK (cardinality(units) + cardinality(terminals) > 0),
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    reason     text NOT NULL,
    PRIMARY KEY (segment, revision),
    FOREIGN KEY (segment, revision) REFERENCES policy (segment, revision)
);

CREATE FUNCTION policy_pilot_has(pilot policy_stage, t terminal) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT t.id = ANY (pilot.terminals)
        OR EXISTS (SELECT 1 FROM unnest(pilot.units) AS u (top) WHERE t.org_unit = u.top OR starts_with(t.org_unit, u.top || '/'))
$$;

-- Whether the revision is meant for the terminal; the newest of these is what it should run. A revision whose roll-out was stopped stays meant for
-- those that run it: terminals never go back.
CREATE FUNCTION policy_meant_for(of_segment smallint, of_revision bigint, t terminal) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT s.state = 'ALL'
            OR (s.state = 'PILOT' AND policy_pilot_has(s, t))
            OR (s.state = 'STOPPED' AND t.running_revision >= s.revision)
        FROM policy_stage s WHERE s.segment = of_segment AND s.revision = of_revision), true)
$$;

-- The revision that the terminal should run; null: none is published.
CREATE FUNCTION policy_intended(t terminal) RETURNS bigint
LANGUAGE sql STABLE AS $$
    SELECT p.revision FROM policy p
    WHERE p.segment = t.segment AND policy_meant_for(p.segment, p.revision, t)
    ORDER BY p.revision DESC LIMIT 1
$$;
