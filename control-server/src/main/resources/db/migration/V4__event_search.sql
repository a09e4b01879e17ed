-- What searches of many millions of events need.

-- Events repeat themselves: the same program, window title, rule and verdict come again and again, on many terminals. What they have in common
-- is kept once a day and is what texts are searched in; an event names it by its hash. That keeps ingest cheap, and the index of texts small.
CREATE TABLE event_shape (
    -- Day of receipt (UTC), as of the event's partition; both are dropped together.
    day      date NOT NULL,
    -- First 64 bits of the SHA-256 over all that the shape consists of.
    hash     bigint NOT NULL,
    rule     text NOT NULL,
    labels   text[] NOT NULL,
    -- Programs, devices, and all text, each as org.sekisho.control.event.shape.SearchText writes it (NFKC, lower case, no control characters).
    program  text NOT NULL,
    device   text NOT NULL,
    text     text NOT NULL,
    -- Pairs of neighbouring characters of `text`, single ideographs and kana, and codes for kind, channel, verdict, severity, rule and labels.
    -- Pairs serve Japanese, which has no blanks between words; PostgreSQL's own trigrams don't see it under the C locale, and need three characters.
    terms    integer[] NOT NULL,
    PRIMARY KEY (day, hash)
) PARTITION BY RANGE (day);
CREATE INDEX event_shape_by_term ON event_shape USING gin (terms);

-- Null: recorded before there were shapes; found by all but text, program and device.
ALTER TABLE event ADD COLUMN shape bigint;
CREATE INDEX event_by_shape ON event (shape);
CREATE INDEX event_by_user ON event (user_name) WHERE user_name IS NOT NULL;

-- Up to where the terminal's signed checkpoints prove branch 0 of its chain.
ALTER TABLE chain_head ADD COLUMN proven_seq bigint NOT NULL DEFAULT 0 CHECK (proven_seq >= 0);

-- Searches by name. Those of an operator who has gone stay with the shared ones, or are deleted by an administrator.
CREATE TABLE saved_search (
    id         uuid PRIMARY KEY,
    operator   uuid NOT NULL REFERENCES operator (id),
    name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- Everybody sees it; each finds with it what they may see.
    shared     boolean NOT NULL,
    -- The address's query, such as `verdict=BLOCK&q=住民票`.
    query      text NOT NULL CHECK (length(query) <= 2000),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (operator, name)
);
CREATE INDEX saved_search_shared ON saved_search (name) WHERE shared;
