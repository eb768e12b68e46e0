-- What an inquiry is about, by a keyed hash of the item's number: another one about it is asked about for some days.
ALTER TABLE runs ADD COLUMN item_key TEXT;

CREATE INDEX runs_by_item ON runs (space, item_key) WHERE item_key IS NOT NULL;
