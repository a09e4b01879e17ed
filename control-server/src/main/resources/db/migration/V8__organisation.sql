-- The organisation as people draw it, groups of terminals, and what terminals are looked for by.

-- Divisions that there are whether or not they have terminals; those that a terminal names besides are part of the tree too.
CREATE TABLE org_unit (
    path       text PRIMARY KEY CHECK (length(path) BETWEEN 1 AND 200)
);

ALTER TABLE terminal
    -- Taken from the status when it is written, so that lists can be searched and sorted by them.
    ADD COLUMN user_name   text NOT NULL DEFAULT '',
    ADD COLUMN os          text NOT NULL DEFAULT '',
    -- A channel that should be guarded is not.
    ADD COLUMN failed      boolean NOT NULL DEFAULT false,
    -- Null: enrolled by a token that asks for approval, and not approved yet; it gets no policy, and so denies everything.
    ADD COLUMN approved_at timestamptz,
    -- Taken out of use as planned; its certificates are revoked like a lost one's.
    ADD COLUMN retired_at  timestamptz;
UPDATE terminal SET approved_at = enrolled_at;
CREATE INDEX terminal_by_host ON terminal (host, id);
CREATE INDEX terminal_by_org_unit ON terminal (org_unit, host);
CREATE INDEX terminal_by_contact ON terminal (last_contact_at);

-- A group's terminals: those that were put into it by hand, and those that its rule fits. A rule holds if all of it that is set holds;
-- a group that sets nothing has no rule.
CREATE TABLE terminal_group (
    id              uuid PRIMARY KEY,
    name            text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    note            text NOT NULL DEFAULT '' CHECK (length(note) <= 500),
    -- This division and those below it.
    org_unit        text,
    -- org.sekisho.v1.Segment
    segment         smallint CHECK (segment BETWEEN 1 AND 3),
    -- Patterns with * and ?, whatever the case.
    host_pattern    text CHECK (length(host_pattern) BETWEEN 1 AND 200),
    version_pattern text CHECK (length(version_pattern) BETWEEN 1 AND 200),
    os_pattern      text CHECK (length(os_pattern) BETWEEN 1 AND 200),
    version         bigint NOT NULL DEFAULT 1
);

CREATE TABLE terminal_group_member (
    grp      uuid NOT NULL REFERENCES terminal_group (id) ON DELETE CASCADE,
    terminal text NOT NULL REFERENCES terminal (id),
    PRIMARY KEY (grp, terminal)
);
CREATE INDEX terminal_group_member_by_terminal ON terminal_group_member (terminal);

CREATE FUNCTION fits_pattern(value text, pattern text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT value ILIKE translate(replace(replace(replace(pattern, '\', '\\'), '%', '\%'), '_', '\_'), '*?', '%_')
$$;

-- Who is in which group, now. Revoked and retired terminals are in none.
CREATE VIEW terminal_in_group AS
SELECT g.id AS grp, t.id AS terminal
FROM terminal_group g JOIN terminal t ON t.revoked_at IS NULL AND (
    EXISTS (SELECT 1 FROM terminal_group_member m WHERE m.grp = g.id AND m.terminal = t.id)
    OR (coalesce(g.org_unit, g.host_pattern, g.version_pattern, g.os_pattern, g.segment::text) IS NOT NULL
        AND (g.org_unit IS NULL OR t.org_unit = g.org_unit OR starts_with(t.org_unit, g.org_unit || '/'))
        AND (g.segment IS NULL OR t.segment = g.segment)
        AND (g.host_pattern IS NULL OR fits_pattern(t.host, g.host_pattern))
        AND (g.version_pattern IS NULL OR fits_pattern(t.agent_version, g.version_pattern))
        AND (g.os_pattern IS NULL OR fits_pattern(t.os, g.os_pattern))));

ALTER TABLE enrolment_token
    -- Terminals that it enrols are put into this group.
    ADD COLUMN grp            uuid REFERENCES terminal_group (id) ON DELETE SET NULL,
    ADD COLUMN needs_approval boolean NOT NULL DEFAULT false;
