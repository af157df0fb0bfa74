-- The temperature report asks for a day across all probes.
CREATE INDEX readings_measured_at_idx ON readings (measured_at);

-- Every delivery names a clerk; let the database insist on it.
ALTER TABLE deliveries
    ADD CONSTRAINT deliveries_received_by_fkey
    FOREIGN KEY (received_by) REFERENCES clerks (id);

-- Printed on the bin's label, so that customers can look it up.
ALTER TABLE bins
    ADD COLUMN label_token uuid NOT NULL DEFAULT gen_random_uuid();
