-- Operators, how they prove who they are, and the record of what they did.

CREATE TABLE operator (
    id          uuid PRIMARY KEY,
    name        text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    -- PERSON: signs in; SERVICE: a script or an installation's own token.
    kind        text NOT NULL CHECK (kind IN ('PERSON', 'SERVICE')),
    -- Each a role for the whole organisation (`auditor`) or for a branch of it (`responder:総務部/税務課`).
    grants      text[] NOT NULL CHECK (cardinality(grants) BETWEEN 1 AND 16),
    -- Who the city's identity provider says it is; null: signs in by passkey.
    issuer      text,
    subject     text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    UNIQUE (issuer, subject),
    CHECK ((issuer IS NULL) = (subject IS NULL))
);

-- Passkeys (W3C Web Authentication). Nothing in here is secret: the private key never leaves the authenticator.
CREATE TABLE passkey (
    id            uuid PRIMARY KEY,
    operator      uuid NOT NULL REFERENCES operator (id),
    -- What its owner calls it.
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    credential_id bytea NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
    -- AAGUID, credential id and COSE public key as the authenticator sent them (Web Authentication, 6.5.2).
    attested      bytea NOT NULL,
    -- The authenticator's counter at its last use; one that doesn't rise tells of a copy.
    sign_count    bigint NOT NULL CHECK (sign_count >= 0),
    -- It may be copied between devices by its maker's service.
    synced        boolean NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now(),
    last_used_at  timestamptz
);
CREATE INDEX passkey_by_operator ON passkey (operator);

-- Challenges under way, each for one purpose, once. In the database, so that any replica can take the answer.
CREATE TABLE passkey_challenge (
    challenge   bytea PRIMARY KEY CHECK (length(challenge) = 32),
    -- `sign-in`, or what a registration is for; an answer for another purpose doesn't count.
    purpose     text NOT NULL CHECK (length(purpose) <= 200),
    -- Whose passkey it will be; null at sign-in, where the passkey tells.
    operator    uuid,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX passkey_challenge_by_expiry ON passkey_challenge (expires_at);

-- Only the SHA-256 of a token is kept: it has 256 bits of entropy, so a slow hash would protect nothing more.
CREATE TABLE operator_token (
    id          uuid PRIMARY KEY,
    operator    uuid NOT NULL REFERENCES operator (id),
    hash        bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    -- What it is for, such as the machine that asked for it.
    label       text NOT NULL DEFAULT '' CHECK (length(label) <= 100),
    -- What it allows, as far as its operator then still may.
    grants      text[] NOT NULL CHECK (cardinality(grants) BETWEEN 1 AND 16),
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    revoked_at  timestamptz
);
CREATE INDEX operator_token_by_operator ON operator_token (operator);

CREATE TABLE operator_session (
    hash        bytea PRIMARY KEY CHECK (length(hash) = 32),
    operator    uuid NOT NULL REFERENCES operator (id),
    -- The token that opened it; null: a passkey, or the identity provider.
    token       uuid REFERENCES operator_token (id),
    created_at  timestamptz NOT NULL DEFAULT now(),
    last_seen   timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL
);
CREATE INDEX operator_session_by_operator ON operator_session (operator, created_at);

-- One-time links by which people come in: a new operator's, or one for another passkey of an operator.
CREATE TABLE invitation (
    id           uuid PRIMARY KEY,
    hash         bytea NOT NULL UNIQUE CHECK (length(hash) = 32),
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- For the one who sends the link; the server sends no mail.
    email        text CHECK (length(email) <= 254),
    -- Of the operator-to-be; null: `operator` exists and gets another passkey.
    grants       text[] CHECK (cardinality(grants) BETWEEN 1 AND 16),
    operator     uuid REFERENCES operator (id),
    created_by   text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    withdrawn_at timestamptz,
    CHECK ((grants IS NULL) <> (operator IS NULL))
);

-- Sign-ins under way at the city's identity provider (OpenID Connect); each answered once.
CREATE TABLE oidc_request (
    -- SHA-256 of the state.
    hash        bytea PRIMARY KEY CHECK (length(hash) = 32),
    nonce       text NOT NULL,
    -- Proof Key for Code Exchange (RFC 7636).
    verifier    text NOT NULL,
    expires_at  timestamptz NOT NULL
);

-- Commands that ask to be let in by somebody at the console (RFC 8628).
CREATE TABLE device_request (
    hash        bytea PRIMARY KEY CHECK (length(hash) = 32),
    -- What the person compares; unique among those that wait.
    user_code   text NOT NULL UNIQUE,
    -- Which machine asks, as it says, and from where, as the server sees it.
    client      text NOT NULL CHECK (length(client) <= 100),
    address     text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL,
    -- Seconds between two questions; grows when it asks too fast.
    pace        integer NOT NULL,
    asked_at    timestamptz,
    state       text NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'APPROVED', 'DENIED')),
    operator    uuid REFERENCES operator (id),
    grants      text[],
    token_until timestamptz
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
