ALTER TABLE trucks RENAME COLUMN plate TO number;
ALTER TABLE vans RENAME TO buses;
