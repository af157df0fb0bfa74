CREATE INDEX CONCURRENTLY cellars_region_idx ON cellars (region);

-- New in this file: nobody waits for it.
CREATE TABLE labels (id bigint PRIMARY KEY, barrel_id bigint NOT NULL);
CREATE INDEX labels_barrel_id_idx ON labels (barrel_id);

CREATE TEMPORARY TABLE scratch (id bigint);
CREATE INDEX ON scratch (id);

-- CONCURRENTLY is not possible on the parent; ONLY builds nothing.
CREATE INDEX tastings_held_on_idx ON ONLY tastings (held_on);
CREATE INDEX tastings_id_idx ON tastings (id);

-- Nothing is in it yet.
CREATE INDEX cellar_counts_idx ON cellar_counts (region);

/* In a comment, a string and a body it is text:
   CREATE INDEX a ON cellars (id); /* nested */ CREATE INDEX b ON cellars (id); */
COMMENT ON TABLE cellars IS 'CREATE INDEX c ON cellars (id);';
CREATE FUNCTION reindex_all() RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    EXECUTE 'CREATE INDEX d ON cellars (id)';
END
$body$;
