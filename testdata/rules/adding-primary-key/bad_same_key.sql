-- The dropped key would do.
ALTER TABLE seats RENAME TO places;
ALTER TABLE places RENAME COLUMN hall_id TO "roomId";
ALTER TABLE places DROP CONSTRAINT seats_pkey;
ALTER TABLE places ADD CONSTRAINT "Places_pkey" PRIMARY KEY ("roomId", nr);
-- expect: adding-primary-key: ALTER TABLE places RENAME CONSTRAINT seats_pkey TO "Places_pkey" builds no index
ALTER TABLE depots DROP CONSTRAINT depots_pkey, ADD CONSTRAINT pk_depots PRIMARY KEY (id);
-- expect: adding-primary-key: RENAME CONSTRAINT depots_pkey TO pk_depots
ALTER TABLE trucks DROP CONSTRAINT trucks_pkey CASCADE;
ALTER TABLE trucks ADD PRIMARY KEY (id);
-- expect: adding-primary-key: Keep the key that this file drops: it has the same columns.

-- These are other keys.
ALTER TABLE gangways DROP CONSTRAINT gangways_pkey;
ALTER TABLE gangways ADD CONSTRAINT gangways_pk PRIMARY KEY (b, a);
-- expect: adding-primary-key: CREATE UNIQUE INDEX CONCURRENTLY
ALTER TABLE docks DROP COLUMN id;
ALTER TABLE docks RENAME COLUMN nr TO id;
ALTER TABLE docks ADD CONSTRAINT docks_pk PRIMARY KEY (id);
-- expect: adding-primary-key: CREATE UNIQUE INDEX CONCURRENTLY
ALTER TABLE piers DROP CONSTRAINT piers_pkey;
ALTER TABLE piers ADD CONSTRAINT piers_pk PRIMARY KEY (id) INCLUDE (city);
-- expect: adding-primary-key: CREATE UNIQUE INDEX CONCURRENTLY
