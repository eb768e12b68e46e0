CREATE TABLE secret (salt TEXT NOT NULL);

CREATE TABLE runs (
  run_id TEXT PRIMARY KEY,
  space TEXT NOT NULL CHECK (space IN ('practice', 'live')),
  inquiry_key TEXT NOT NULL,
  attempt INTEGER NOT NULL CHECK (attempt > 0),
  form TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('prepared', 'filled', 'submitting', 'confirmed', 'confirmed-no-case',
    'rejected', 'unknown', 'not-submitted')),
  case_number TEXT,
  follows TEXT REFERENCES runs (run_id),
  because TEXT,
  owner TEXT NOT NULL,
  prepared_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  UNIQUE (space, inquiry_key, attempt)
);

-- A second lock on the same door: whatever the attempts' numbers say, one inquiry is never in work twice.
CREATE UNIQUE INDEX one_at_work ON runs (space, inquiry_key)
  WHERE state IN ('prepared', 'filled', 'submitting');

CREATE TABLE history (
  run_id TEXT NOT NULL REFERENCES runs (run_id),
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  state_before TEXT,
  state_after TEXT NOT NULL,
  mover TEXT NOT NULL,
  who TEXT,
  because TEXT,
  evidence TEXT,
  PRIMARY KEY (run_id, number)
);
