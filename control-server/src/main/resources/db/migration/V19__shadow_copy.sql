-- Shadow copies: sealed files that terminals sent, whoever may open them together, and who did.

CREATE TABLE shadow_copy (
    -- As in MediaFile.shadow_copy.
    id           text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{32}$'),
    terminal     text NOT NULL REFERENCES terminal (id),
    -- Of the event that ordered it; null: it has not come yet.
    seq          bigint,
    state        text NOT NULL CHECK (state IN ('AWAITED', 'KEPT', 'FAILED', 'EXPIRED')),
    -- When the server first heard of it, from the event or from the copy.
    known_at     timestamptz NOT NULL,
    -- When the event was received.
    ordered_at   timestamptz,
    failure      text CHECK (length(failure) <= 500),
    -- Its parts in shadow_part.
    content      uuid,
    -- Of the sealed file.
    sealed_bytes bigint CHECK (sealed_bytes > 0),
    sealed_sha256 bytea CHECK (length(sealed_sha256) = 32),
    -- Serialized sekisho.v1.ShadowHeader.
    header       bytea,
    kept_at      timestamptz,
    expires_at   timestamptz,
    CHECK ((seq IS NULL) = (ordered_at IS NULL)),
    CHECK ((state = 'KEPT') = (content IS NOT NULL)),
    CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
    CHECK ((state IN ('KEPT', 'EXPIRED'))
        = (sealed_bytes IS NOT NULL AND sealed_sha256 IS NOT NULL AND header IS NOT NULL AND kept_at IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE INDEX shadow_copy_by_age ON shadow_copy (known_at DESC, id DESC);
CREATE INDEX shadow_copy_of_terminal ON shadow_copy (terminal, known_at DESC, id DESC);
-- Also for the sum of what is kept.
CREATE INDEX shadow_copy_to_expire ON shadow_copy (expires_at) INCLUDE (sealed_bytes) WHERE state = 'KEPT';

-- A copy that is on its way, one a terminal. Its parts belong to nothing else until it is whole.
CREATE TABLE shadow_upload (
    terminal text PRIMARY KEY REFERENCES terminal (id),
    content  uuid NOT NULL UNIQUE,
    -- As announced: this room is taken.
    bytes    bigint NOT NULL,
    -- When its last part came.
    heard_at timestamptz NOT NULL
);

CREATE TABLE shadow_part (
    content uuid NOT NULL,
    number  integer NOT NULL,
    bytes   bytea NOT NULL CHECK (length(bytes) BETWEEN 1 AND 262144),
    PRIMARY KEY (content, number)
);
-- Ciphertext can't be compressed.
ALTER TABLE shadow_part ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Who asked to open a copy, and what another custodian said.
CREATE TABLE shadow_opening (
    id         uuid PRIMARY KEY,
    copy       text NOT NULL REFERENCES shadow_copy (id) ON DELETE CASCADE,
    -- Names of operators.
    reader     text NOT NULL,
    reason     text NOT NULL,
    state      text NOT NULL CHECK (state IN ('ASKED', 'APPROVED', 'REFUSED')),
    asked_at   timestamptz NOT NULL,
    -- Of what is undecided, and of what is approved.
    lapses_at  timestamptz NOT NULL,
    -- Who decided; of REFUSED it may be the reader.
    approver   text,
    decided_at timestamptz,
    refusal    text,
    -- What the approver's step gave: still sealed to the reader.
    approved   bytea,
    -- When the reader first took the copy.
    read_at    timestamptz,
    CHECK ((state = 'ASKED') = (decided_at IS NULL)),
    CHECK ((decided_at IS NULL) = (approver IS NULL)),
    CHECK ((state = 'APPROVED') = (approved IS NOT NULL)),
    CHECK (state <> 'APPROVED' OR approver <> reader),
    CHECK ((state = 'REFUSED') = (refusal IS NOT NULL))
);
CREATE INDEX shadow_opening_of_copy ON shadow_opening (copy, asked_at DESC);
