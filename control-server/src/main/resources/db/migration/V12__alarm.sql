-- What is not as it should be with a terminal, for as long as it isn't; and counts of attempts, for whoever looks from afar.

-- How a channel stood on a terminal, and from when until when. Kept from here on.
CREATE TABLE channel_state (
    terminal  text NOT NULL REFERENCES terminal (id),
    -- org.sekisho.v1.Channel
    channel   smallint NOT NULL,
    -- org.sekisho.v1.ChannelMode
    mode      smallint NOT NULL,
    -- As last told; for people.
    detail    text NOT NULL DEFAULT '',
    from_at   timestamptz NOT NULL,
    -- Null: now.
    until_at  timestamptz CHECK (until_at >= from_at)
);
CREATE UNIQUE INDEX channel_state_now ON channel_state (terminal, channel) WHERE until_at IS NULL;
CREATE INDEX channel_state_by_time ON channel_state (terminal, channel, from_at);
CREATE INDEX channel_state_not_held ON channel_state (mode) WHERE until_at IS NULL AND mode NOT IN (1, 2, 5);

ALTER TABLE terminal
    -- How far its clock was ahead of the server's at the last heartbeat that told, in milliseconds; and when that was.
    ADD COLUMN clock_skew bigint,
    ADD COLUMN clock_at   timestamptz;

CREATE TABLE alarm (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    terminal        text NOT NULL REFERENCES terminal (id),
    kind            text NOT NULL CHECK (kind IN ('SILENT', 'CLOCK', 'JOURNAL_SHORT', 'RECORD_LOST', 'CHANNEL')),
    -- org.sekisho.v1.Channel; 0 where it is about none.
    channel         smallint NOT NULL DEFAULT 0,
    -- CLOCK: by how many milliseconds; RECORD_LOST: how many events. Else 0.
    amount          bigint NOT NULL DEFAULT 0,
    detail          text NOT NULL DEFAULT '',
    -- Since when it has been so, by the server's clock.
    since           timestamptz NOT NULL,
    raised_at       timestamptz NOT NULL,
    cleared_at      timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note            text CHECK (length(note) BETWEEN 1 AND 1000),
    version         bigint NOT NULL DEFAULT 1,
    CHECK ((acknowledged_at IS NULL) = (note IS NULL))
);
-- Whichever replica sees it first raises it; the others find it raised.
CREATE UNIQUE INDEX alarm_open ON alarm (terminal, kind, channel) WHERE cleared_at IS NULL;
CREATE INDEX alarm_by_terminal ON alarm (terminal, id);

-- When something is an alarm; one row, or none: as shipped.
CREATE TABLE alarm_settings (
    one            boolean PRIMARY KEY DEFAULT true CHECK (one),
    version        bigint NOT NULL CHECK (version > 0),
    -- A terminal is silent when nothing has been heard of it for so many minutes.
    silent_minutes integer NOT NULL CHECK (silent_minutes BETWEEN 1 AND 20160),
    -- Only the minutes within working hours count.
    working_only   boolean NOT NULL,
    -- ISO days of the week, 1 is Monday.
    working_days   smallint[] NOT NULL CHECK (cardinality(working_days) BETWEEN 1 AND 7),
    working_from   time NOT NULL,
    working_until  time NOT NULL CHECK (working_until > working_from),
    zone           text NOT NULL,
    -- A clock is wrong when it differs by more than so many seconds from the server's.
    clock_seconds  integer NOT NULL CHECK (clock_seconds BETWEEN 1 AND 86400)
);

-- Attempts by the hour (UTC, by the terminal's clock but never later than received) and the division that the terminal belonged to when they were
-- counted. Records, as lists count them; what was stopped is always recorded singly.
CREATE TABLE attempt_count (
    hour      timestamptz NOT NULL,
    -- Empty: none.
    org_unit  text NOT NULL,
    -- org.sekisho.v1.Channel, org.sekisho.v1.Verdict
    channel   smallint NOT NULL,
    verdict   smallint NOT NULL,
    attempts  bigint NOT NULL,
    PRIMARY KEY (hour, org_unit, channel, verdict)
);

-- Up to which event they are counted; its row lock makes one replica count at a time.
CREATE TABLE attempt_counted (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    id   bigint NOT NULL,
    -- When that event was received.
    at   timestamptz NOT NULL
);
INSERT INTO attempt_counted (id, at) VALUES (0, '-infinity');
