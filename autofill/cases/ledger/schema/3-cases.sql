-- A case is its first run. A further run about it is one of its events, and belongs to no other.
CREATE TABLE case_events (
  case_id TEXT NOT NULL REFERENCES runs (run_id),
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('sent', 'acknowledged', 'reviewed', 'answered', 'question', 'replied',
    'followed-up', 'escalated', 'note', 'number-added', 'resolved', 'closed', 'reopened')),
  at TEXT NOT NULL,
  detail TEXT,
  case_number TEXT,
  run_id TEXT UNIQUE REFERENCES runs (run_id),
  evidence TEXT,
  who TEXT,
  because TEXT,
  once TEXT,
  PRIMARY KEY (case_id, number),
  UNIQUE (case_id, once)
);
