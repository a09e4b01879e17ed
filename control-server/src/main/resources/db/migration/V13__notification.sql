-- Who is told of what by mail or webhook.

-- One row for each thing that somebody may have to be told of. Nothing personal: number, kind, severity, division. Written in the
-- order of `id` (a lock), so that a bookmark misses none; deleted after 30 days.
CREATE TABLE notice (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic     text NOT NULL CHECK (topic IN ('INCIDENT_OPENED', 'INCIDENT_OVERDUE', 'ALARM')),
    -- What it is about, such as the incident's number; told of once.
    subject   text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
    -- org.sekisho.v1.Severity
    severity  smallint NOT NULL,
    -- Null: of no division.
    org_unit  text,
    title_ja  text NOT NULL,
    title_en  text NOT NULL,
    -- The console's page, such as /incidents/41.
    page      text NOT NULL,
    raised_at timestamptz NOT NULL,
    UNIQUE (topic, subject)
);
CREATE INDEX notice_by_age ON notice (raised_at);
CREATE INDEX alarm_by_raising ON alarm (raised_at);
CREATE INDEX incident_by_opening ON incident (opened_at);

CREATE TABLE notification_subscription (
    id           uuid PRIMARY KEY,
    name         text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    transport    text NOT NULL CHECK (transport IN ('MAIL', 'WEBHOOK')),
    -- A mail address, or one that begins with https://.
    address      text NOT NULL CHECK (length(address) <= 500),
    -- PEM of the authority that a webhook's certificate must come from; null: those that Java trusts.
    anchor       text CHECK (length(anchor) <= 20000),
    -- Key of a webhook's signature, sealed (org.sekisho.control.secret.SecretBox).
    secret       bytea CHECK ((secret IS NULL) = (transport = 'MAIL')),
    topics       text[] NOT NULL CHECK (cardinality(topics) BETWEEN 1 AND 10),
    least        smallint NOT NULL,
    -- Only of this branch of the organisation; null: everything.
    branch       text,
    language     text NOT NULL CHECK (language IN ('ja', 'en')),
    enabled      boolean NOT NULL,
    version      bigint NOT NULL DEFAULT 1,
    bookmark     bigint NOT NULL,
    delivered    bigint NOT NULL DEFAULT 0,
    delivered_at timestamptz,
    -- Since the last success.
    failures     integer NOT NULL DEFAULT 0,
    failed_at    timestamptz,
    failure      text,
    -- Not tried before.
    next_at      timestamptz NOT NULL
);

-- By which server mail goes out; one row, or none: no mail.
CREATE TABLE mail_server (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    host      text NOT NULL,
    port      integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
    -- STARTTLS: demanded; TLS: from the first byte.
    security  text NOT NULL CHECK (security IN ('STARTTLS', 'TLS')),
    user_name text,
    -- Sealed.
    password  bytea,
    sender    text NOT NULL,
    anchor    text,
    version   bigint NOT NULL CHECK (version > 0)
);
