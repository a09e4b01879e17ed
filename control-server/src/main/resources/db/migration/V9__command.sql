-- Orders to single terminals: lock the session, isolate, release, collect the state, tell the user something.

ALTER TABLE terminal
    -- Number of the newest command; each terminal counts its own.
    ADD COLUMN command_number bigint NOT NULL DEFAULT 0,
    -- Nothing may leave it, by a command; as it last said.
    ADD COLUMN isolated       boolean NOT NULL DEFAULT false;

CREATE TABLE command (
    terminal     text NOT NULL REFERENCES terminal (id),
    number       bigint NOT NULL CHECK (number > 0),
    -- org.sekisho.v1.CommandKind
    kind         smallint NOT NULL,
    -- What the user is told; else empty.
    text         text NOT NULL DEFAULT '' CHECK (length(text) <= 500),
    reason       text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
    ordered_by   text NOT NULL,
    ordered_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    -- org.sekisho.v1.CommandState; 0: not delivered yet.
    state        smallint NOT NULL DEFAULT 0,
    detail       text NOT NULL DEFAULT '',
    delivered_at timestamptz,
    -- When it was answered to the end, whatever became of it.
    done_at      timestamptz,
    PRIMARY KEY (terminal, number)
);
CREATE INDEX command_open ON command (terminal, number) WHERE done_at IS NULL;
