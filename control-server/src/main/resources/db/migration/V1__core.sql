-- Terminals and what they record. Times are timestamptz in UTC; enumerations of the wire contract are stored as their numbers, so that a newer
-- terminal's values fit too.

CREATE TABLE terminal (
    -- As in the certificate's common name.
    id               text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{1,64}$'),
    host             text NOT NULL CHECK (length(host) <= 255),
    -- org.sekisho.v1.Segment
    segment          smallint NOT NULL CHECK (segment BETWEEN 1 AND 3),
    org_unit         text,
    enrolled_at      timestamptz NOT NULL,
    enrolment_token  uuid,
    revoked_at       timestamptz,
    revoke_reason    text,
    -- Which replica holds its stream, and since when; null: not connected.
    replica          uuid,
    last_contact_at  timestamptz,
    running_revision bigint NOT NULL DEFAULT 0,
    backlog          bigint NOT NULL DEFAULT 0,
    agent_version    text NOT NULL DEFAULT '',
    -- org.sekisho.v1.Status, as last reported.
    status           bytea
);
CREATE INDEX terminal_by_segment ON terminal (segment, id);

CREATE TABLE certificate (
    -- Lower-case hex.
    serial        text PRIMARY KEY,
    terminal      text NOT NULL REFERENCES terminal (id),
    -- X.509 SubjectPublicKeyInfo, and its SHA-256, by which checkpoints name it.
    public_key    bytea NOT NULL,
    public_key_sha256 bytea NOT NULL CHECK (length(public_key_sha256) = 32),
    issued_at     timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz
);
CREATE INDEX certificate_by_terminal ON certificate (terminal);

CREATE TABLE enrolment_token (
    id          uuid PRIMARY KEY,
    -- SHA-256 of the secret, which has 256 bits of entropy; the secret itself is never stored.
    hash        bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    segment     smallint NOT NULL CHECK (segment BETWEEN 1 AND 3),
    org_unit    text,
    created_by  text NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    uses        integer NOT NULL CHECK (uses BETWEEN 1 AND 10000),
    uses_left   integer NOT NULL CHECK (uses_left BETWEEN 0 AND uses),
    withdrawn_at timestamptz
);

-- Where each terminal's chain stands. Branch 0 is the chain; a fork, a rewind or a broken link starts the next branch, so that nothing is refused
-- and nothing is mixed. Its row lock is what makes ingest happen once.
CREATE TABLE chain_head (
    terminal   text PRIMARY KEY REFERENCES terminal (id),
    branch     smallint NOT NULL DEFAULT 0 CHECK (branch >= 0),
    seq        bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
    hash       bytea NOT NULL CHECK (length(hash) = 32),
    -- Once broken it stays so: only a new enrolment starts a whole chain.
    broken_at  timestamptz
);

-- Each place where a chain does not hold.
CREATE TABLE chain_break (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    terminal   text NOT NULL REFERENCES terminal (id),
    kind       text NOT NULL,
    -- Branch and number from which the terminal's story goes on.
    branch     smallint NOT NULL,
    seq        bigint NOT NULL,
    -- What stood here, or should have followed.
    expected_seq  bigint NOT NULL,
    expected_hash bytea NOT NULL,
    found_prev_hash bytea NOT NULL,
    at         timestamptz NOT NULL
);
CREATE INDEX chain_break_by_terminal ON chain_break (terminal, id);

-- What a terminal sent that can't be an event of its chain, as it was sent. Bounded per terminal by the server.
CREATE TABLE event_quarantine (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    terminal    text NOT NULL REFERENCES terminal (id),
    received_at timestamptz NOT NULL,
    reason      text NOT NULL,
    detail      text NOT NULL,
    -- org.sekisho.v1.ChainedEvent
    message     bytea NOT NULL
);
CREATE INDEX event_quarantine_by_terminal ON event_quarantine (terminal, id);

-- One row an event, by the day it was received. What people search for is in columns; all else is read from `body`, the exact bytes that are hashed.
CREATE TABLE event (
    received_at  timestamptz NOT NULL,
    -- Number of the commit (upper 47 bits) and place in it (lower 16): the order of arrival.
    id           bigint NOT NULL,
    seq          bigint NOT NULL,
    occurred_at  timestamptz NOT NULL,
    incident     bigint,
    branch       smallint NOT NULL,
    -- Field number in org.sekisho.v1.Event.body.
    kind         smallint NOT NULL,
    -- The rest is 0 or null for all but attempts.
    channel      smallint NOT NULL,
    verdict      smallint NOT NULL,
    severity     smallint NOT NULL,
    enforcement  smallint NOT NULL,
    terminal     text NOT NULL,
    user_name    text,
    rule         text,
    labels       text[],
    hash         bytea NOT NULL,
    body         bytea NOT NULL
) PARTITION BY RANGE (received_at);

-- Newest first, and the cursor.
CREATE INDEX event_by_arrival ON event (received_at, id);
-- One event, and a terminal's events.
CREATE INDEX event_by_terminal ON event (terminal, seq, branch);
-- What incident staff look at; a small part of all.
CREATE INDEX event_stopped ON event (received_at, id) WHERE verdict = 5;
CREATE INDEX event_by_incident ON event (incident, id) WHERE incident IS NOT NULL;
-- Days in which nothing of a wanted time arrived are passed over at once. (A BRIN index is smaller, but the planner prefers to walk.)
CREATE INDEX event_by_time ON event (occurred_at);

CREATE SEQUENCE event_commit AS bigint;

CREATE TABLE incident (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text NOT NULL,
    severity   smallint NOT NULL,
    state      text NOT NULL DEFAULT 'NEW' CHECK (state IN ('NEW', 'IN_PROGRESS', 'CLOSED')),
    terminal   text NOT NULL,
    user_name  text NOT NULL DEFAULT '',
    rule       text NOT NULL DEFAULT '',
    channel    smallint NOT NULL DEFAULT 0,
    -- For people: what exactly, such as the numbers that are missing.
    detail     text NOT NULL DEFAULT '',
    count      bigint NOT NULL,
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    owner      text,
    version    bigint NOT NULL DEFAULT 1
);
CREATE INDEX incident_to_join ON incident (terminal, kind, last_at) WHERE state <> 'CLOSED';
CREATE INDEX incident_by_terminal ON incident (terminal, id);

CREATE TABLE incident_note (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incident  bigint NOT NULL REFERENCES incident (id),
    at        timestamptz NOT NULL,
    by        text NOT NULL,
    text      text NOT NULL CHECK (length(text) BETWEEN 1 AND 4000)
);
CREATE INDEX incident_note_by_incident ON incident_note (incident, id);

-- Published revisions; never changed afterwards.
CREATE TABLE policy (
    segment      smallint NOT NULL CHECK (segment BETWEEN 1 AND 3),
    revision     bigint NOT NULL CHECK (revision > 0),
    name         text NOT NULL,
    yaml         text NOT NULL,
    -- org.sekisho.v1.Signed, as terminals get it.
    signed       bytea NOT NULL,
    payload_sha256 bytea NOT NULL CHECK (length(payload_sha256) = 32),
    published_by text NOT NULL,
    published_at timestamptz NOT NULL,
    reason       text NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (segment, revision)
);

-- How far a revision has come on each terminal; no row: nothing heard yet.
CREATE TABLE rollout (
    segment     smallint NOT NULL,
    revision    bigint NOT NULL,
    terminal    text NOT NULL REFERENCES terminal (id),
    -- org.sekisho.v1.PolicyProgress
    progress    smallint NOT NULL,
    -- org.sekisho.v1.Refusal
    refusal     smallint NOT NULL DEFAULT 0,
    detail      text NOT NULL DEFAULT '',
    at          timestamptz NOT NULL,
    PRIMARY KEY (segment, revision, terminal),
    FOREIGN KEY (segment, revision) REFERENCES policy (segment, revision)
);
CREATE INDEX rollout_by_terminal ON rollout (terminal, revision DESC);
