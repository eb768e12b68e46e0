ALTER TABLE runs ADD COLUMN lease_until TEXT;

ALTER TABLE runs ADD COLUMN clicked_at TEXT;

UPDATE runs SET clicked_at = (SELECT max(at) FROM history
  WHERE history.run_id = runs.run_id AND state_after = 'submitting');

CREATE INDEX runs_at_work ON runs (state) WHERE state IN ('prepared', 'filled', 'submitting');

CREATE INDEX runs_without_number ON runs (space, clicked_at)
  WHERE clicked_at IS NOT NULL AND state IN ('unknown', 'confirmed-no-case', 'not-submitted');

CREATE INDEX runs_clicked ON runs (space, form) WHERE clicked_at IS NOT NULL AND state <> 'rejected';

CREATE INDEX runs_in_order ON runs (space, prepared_at);

CREATE INDEX runs_by_number ON runs (case_number);

CREATE INDEX case_events_by_number ON case_events (case_number);

-- When the form may be opened next: a run takes a time, and whoever comes then gets a later one.
CREATE TABLE slots (form TEXT PRIMARY KEY, at TEXT NOT NULL);

INSERT INTO slots (form, at) SELECT form, max(changed_at) FROM runs
  WHERE space = 'live' AND state <> 'prepared' GROUP BY form;

-- Older ledgers whose live runs are in this one: their keys were made with their own salts.
CREATE TABLE taken_over (place TEXT PRIMARY KEY, salt TEXT NOT NULL, newest TEXT NOT NULL);
