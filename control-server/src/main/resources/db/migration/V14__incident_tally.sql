-- One row a story and minute, however many reports there were: a terminal that repeats itself doesn't make the tally grow. What
-- was counted longer ago than the longest window is deleted, by this server's clock: a terminal's may be wrong.
CREATE TABLE incident_tally_by_minute (
    story      bytea NOT NULL CHECK (length(story) = 32),
    -- The minute by the terminal's clock.
    at         timestamptz NOT NULL,
    count      bigint NOT NULL,
    counted_at timestamptz NOT NULL,
    PRIMARY KEY (story, at)
);
INSERT INTO incident_tally_by_minute
SELECT story, date_trunc('minute', at), sum(count), now() FROM incident_tally GROUP BY 1, 2;
DROP TABLE incident_tally;
ALTER TABLE incident_tally_by_minute RENAME TO incident_tally;
CREATE INDEX incident_tally_by_age ON incident_tally (counted_at);
