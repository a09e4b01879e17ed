-- Where events are sent to as they come in, such as a city's log server.

CREATE TABLE export_destination (
    id          uuid PRIMARY KEY,
    name        text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    -- SYSLOG: RFC 5424 over TLS (RFC 5425); WEBHOOK: HTTPS.
    transport   text NOT NULL CHECK (transport IN ('SYSLOG', 'WEBHOOK')),
    -- SYSLOG: PLAIN, CEF or OCSF; WEBHOOK: PLAIN (events as REST has them) or OCSF.
    format      text NOT NULL CHECK (format IN ('PLAIN', 'CEF', 'OCSF')),
    -- `host:port`, or an address that begins with https://.
    address     text NOT NULL CHECK (length(address) <= 500),
    -- PEM of the authority that the receiver's certificate must come from; null: those that this machine's Java trusts.
    anchor      text CHECK (length(anchor) <= 20000),
    -- Key of the webhook's signature, sealed (org.sekisho.control.secret.SecretBox); never given out after it was made.
    secret      bytea CHECK ((secret IS NULL) = (transport <> 'WEBHOOK')),
    enabled     boolean NOT NULL,
    version     bigint NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    -- The last event that the receiver has taken (event.id), and when that was received.
    bookmark    bigint NOT NULL,
    bookmark_at timestamptz NOT NULL,
    delivered   bigint NOT NULL DEFAULT 0,
    delivered_at timestamptz,
    -- Failures since the last success.
    failures    integer NOT NULL DEFAULT 0,
    failed_at   timestamptz,
    failure     text
);

-- Exports go by the order of arrival.
CREATE INDEX event_by_id ON event (id);
