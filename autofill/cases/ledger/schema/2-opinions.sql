-- No reference to runs: one can have an opinion of another computer's recording, too.
CREATE TABLE opinions (
  recording TEXT NOT NULL,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('accept', 'doubt', 'note')),
  note TEXT NOT NULL,
  PRIMARY KEY (recording, number)
);
