-- Inquiries that wait for workers, and what became of each; the jobs themselves are the queue's own.
-- `outcome` is JSON without a value that a person typed. `run_id` is the latest run that was begun for the job.
CREATE TABLE queued (
    job BIGINT PRIMARY KEY,
    batch TEXT NOT NULL,
    label TEXT NOT NULL,
    inquiry_key TEXT NOT NULL,
    run_id TEXT,
    outcome TEXT,
    changed_at TEXT NOT NULL
);

CREATE INDEX queued_by_inquiry ON queued (inquiry_key);

-- Who works: the number that the queue knows a worker by, its process, and its last sign of life.
CREATE TABLE workers (
    worker BIGINT PRIMARY KEY,
    owner TEXT NOT NULL,
    started_at TEXT NOT NULL,
    heard_at TEXT NOT NULL
);
