-- Approved exceptions, and what terminals are told of them.

CREATE TABLE permit (
    id            uuid PRIMARY KEY,
    terminal      text NOT NULL REFERENCES terminal (id),
    user_name     text NOT NULL CHECK (length(user_name) BETWEEN 1 AND 256),
    -- org.sekisho.v1.PermitGrant, as the terminal gets it.
    granted       bytea NOT NULL,
    channel       smallint NOT NULL,
    -- What it is for, where it is for a registered medium.
    medium        uuid REFERENCES medium (id),
    from_at       timestamptz NOT NULL,
    until_at      timestamptz NOT NULL CHECK (until_at > from_at),
    -- 0: any number.
    uses          integer NOT NULL CHECK (uses >= 0),
    reason        text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    granted_by    text NOT NULL,
    granted_at    timestamptz NOT NULL,
    -- The attempt that it was asked for.
    event_terminal text,
    event_seq     bigint,
    -- First revision of the terminal's book that has it; first that has it no more, because it was revoked.
    book_from     bigint NOT NULL,
    book_until    bigint,
    revoked_at    timestamptz,
    revoked_by    text,
    revoke_reason text CHECK (length(revoke_reason) <= 1000),
    -- As the terminal has told so far.
    used          integer NOT NULL DEFAULT 0,
    used_at       timestamptz
);
CREATE INDEX permit_by_grant ON permit (granted_at DESC, id DESC);
CREATE INDEX permit_by_terminal ON permit (terminal, until_at);

-- A terminal's book as it gets it; only the newest is kept.
CREATE TABLE permit_book (
    terminal       text PRIMARY KEY REFERENCES terminal (id),
    revision       bigint NOT NULL CHECK (revision > 0),
    -- org.sekisho.v1.Signed
    signed         bytea NOT NULL,
    payload_sha256 bytea NOT NULL CHECK (length(payload_sha256) = 32),
    expires_at     timestamptz NOT NULL,
    -- Highest revision that is in force on the terminal.
    acked_revision bigint NOT NULL DEFAULT 0,
    -- Of the newest one: org.sekisho.v1.Refusal, and why; 0: not refused.
    refusal        smallint NOT NULL DEFAULT 0,
    detail         text NOT NULL DEFAULT '',
    answered_at    timestamptz
);

-- Which events happened under a permit.
CREATE TABLE permit_event (
    permit      uuid NOT NULL REFERENCES permit (id),
    received_at timestamptz NOT NULL,
    id          bigint NOT NULL,
    PRIMARY KEY (permit, id)
);
