-- Operators, how they prove who they are, and the record of what they did.

CREATE TABLE operator (
    id          uuid PRIMARY KEY,
    name        text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    -- PERSON: signs in; SERVICE: a script or an installation's own token.
    kind        text NOT NULL CHECK (kind IN ('PERSON', 'SERVICE')),
    role        text NOT NULL CHECK (role IN ('administrator', 'responder', 'auditor')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);

-- Only the SHA-256 of a token is kept: it has 256 bits of entropy, so a slow hash would protect nothing more.
CREATE TABLE operator_token (
    id          uuid PRIMARY KEY,
    operator    uuid NOT NULL REFERENCES operator (id),
    hash        bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    role        text NOT NULL CHECK (role IN ('administrator', 'responder', 'auditor')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    revoked_at  timestamptz
);
CREATE INDEX operator_token_by_operator ON operator_token (operator);

CREATE TABLE operator_session (
    hash        bytea PRIMARY KEY CHECK (length(hash) = 32),
    token       uuid NOT NULL REFERENCES operator_token (id),
    created_at  timestamptz NOT NULL DEFAULT now(),
    last_seen   timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL
);

CREATE TABLE setup_link (
    hash        bytea PRIMARY KEY CHECK (length(hash) = 32),
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    used_at     timestamptz
);

-- Chained: hash = SHA-256(prev_hash, then every other column; see AuditChain).
CREATE TABLE audit_entry (
    seq         bigint PRIMARY KEY,
    at          timestamptz NOT NULL,
    operator    text NOT NULL,
    action      text NOT NULL,
    target      text NOT NULL,
    -- JSON with sorted keys; a text, because the hash is over exactly these characters.
    detail      text NOT NULL,
    prev_hash   bytea NOT NULL CHECK (length(prev_hash) = 32),
    hash        bytea NOT NULL UNIQUE CHECK (length(hash) = 32)
);

-- The newest entry once more: without it nobody would see that the newest entries were deleted. Its row lock is what makes writers take turns.
CREATE TABLE audit_head (
    only_row    boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    seq         bigint NOT NULL CHECK (seq >= 0),
    hash        bytea NOT NULL CHECK (length(hash) = 32)
);
INSERT INTO audit_head (seq, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
