-- The media that the city knows, and what terminals are told of them.

CREATE TABLE medium (
    id            uuid PRIMARY KEY,
    -- org.sekisho.v1.Segment: a medium belongs to one layer of the network.
    segment       smallint NOT NULL CHECK (segment BETWEEN 1 AND 3),
    -- What is written on its label.
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    -- What it is recognised by (org.sekisho.v1.DeviceIdentity); empty: not stated.
    device_hash   text NOT NULL DEFAULT '',
    vendor_id     text NOT NULL DEFAULT '',
    product_id    text NOT NULL DEFAULT '',
    serial        text NOT NULL DEFAULT '',
    -- org.sekisho.v1.MediaClass; 0: whatever it shows itself as.
    media_class   smallint NOT NULL DEFAULT 0,
    -- Path in the organisation tree; null: the whole city's.
    owner         text,
    note          text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
    expires_at    timestamptz,
    state         text NOT NULL DEFAULT 'IN_USE' CHECK (state IN ('IN_USE', 'LOST', 'WITHDRAWN')),
    state_reason  text NOT NULL DEFAULT '' CHECK (length(state_reason) <= 1000),
    state_at      timestamptz NOT NULL,
    registered_by text NOT NULL,
    registered_at timestamptz NOT NULL,
    -- Where it was plugged in last, and by whom; kept when events arrive.
    seen_at       timestamptz,
    seen_terminal text,
    seen_user     text,
    version       bigint NOT NULL DEFAULT 1,
    CHECK (device_hash <> '' OR (vendor_id <> '' AND product_id <> '' AND serial <> ''))
);
CREATE INDEX medium_by_hash ON medium (device_hash) WHERE device_hash <> '';
CREATE INDEX medium_by_numbers ON medium (vendor_id, product_id, serial);
CREATE INDEX medium_by_name ON medium (name, id);

-- A segment's register as its terminals get it; only the newest is kept.
CREATE TABLE media_register (
    segment        smallint PRIMARY KEY CHECK (segment BETWEEN 1 AND 3),
    revision       bigint NOT NULL CHECK (revision > 0),
    -- org.sekisho.v1.Signed
    signed         bytea NOT NULL,
    payload_sha256 bytea NOT NULL CHECK (length(payload_sha256) = 32),
    signed_at      timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL
);

-- What each terminal made of it.
CREATE TABLE media_register_answer (
    terminal  text PRIMARY KEY REFERENCES terminal (id),
    revision  bigint NOT NULL,
    -- org.sekisho.v1.Refusal; 0: it is in force.
    refusal   smallint NOT NULL,
    detail    text NOT NULL,
    at        timestamptz NOT NULL
);
