-- A pilot may be a group of terminals. Who is in it is found out when it is asked for, as with divisions.
ALTER TABLE policy_stage
    ADD COLUMN groups uuid[] NOT NULL DEFAULT '{}',
    DROP CONSTRAINT policy_stage_check,
    ADD CHECK (cardinality(units) + cardinality(terminals) + cardinality(groups) > 0);

ALTER TABLE policy_proposal
    ADD COLUMN pilot_groups uuid[];
UPDATE policy_proposal SET pilot_groups = '{}' WHERE pilot_units IS NOT NULL;
ALTER TABLE policy_proposal
    ADD CHECK ((pilot_units IS NULL) = (pilot_groups IS NULL));

CREATE OR REPLACE FUNCTION policy_pilot_has(pilot policy_stage, t terminal) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT t.id = ANY (pilot.terminals)
        OR EXISTS (SELECT 1 FROM unnest(pilot.units) AS u (top) WHERE t.org_unit = u.top OR starts_with(t.org_unit, u.top || '/'))
        OR EXISTS (SELECT 1 FROM terminal_in_group g WHERE g.grp = ANY (pilot.groups) AND g.terminal = t.id)
$$;

-- Whether a pilot that is under way, or that waits for consent, names the group: then it can't be deleted.
CREATE FUNCTION policy_pilot_names(of_group uuid) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM policy_stage s WHERE s.state IN ('PILOT', 'STOPPED') AND of_group = ANY (s.groups)
                       AND s.revision = (SELECT max(p.revision) FROM policy p WHERE p.segment = s.segment))
        OR EXISTS (SELECT 1 FROM policy_proposal p WHERE p.state = 'OPEN' AND of_group = ANY (p.pilot_groups))
$$;
