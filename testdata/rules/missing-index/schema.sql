CREATE TYPE berth_size AS ENUM ('small', 'large');
CREATE TABLE harbours (id bigint PRIMARY KEY, code text NOT NULL UNIQUE, country text);
CREATE TABLE berths (
    id bigint PRIMARY KEY,
    harbour_id bigint NOT NULL REFERENCES harbours (id),
    size berth_size NOT NULL,
    free boolean NOT NULL,
    label text NOT NULL,
    plan json
);
CREATE TABLE visits (
    id bigint PRIMARY KEY,
    berth_id bigint NOT NULL,
    ship_id bigint NOT NULL,
    status text NOT NULL,
    arrived_at timestamptz NOT NULL,
    left_at timestamptz,
    note text
);
CREATE INDEX visits_berth_id_idx ON visits (berth_id);
CREATE TABLE "Ships" (
    id bigint PRIMARY KEY,
    "callSign" text NOT NULL,
    owner_id bigint NOT NULL,
    flag text,
    tags text[]
);
CREATE UNIQUE INDEX ships_owner_flag_idx ON "Ships" (owner_id, flag);
CREATE INDEX ships_tags_idx ON "Ships" USING gin (tags);
CREATE TABLE fees (id bigint PRIMARY KEY, visit_id bigint NOT NULL, paid_at timestamptz, kind text);
CREATE INDEX fees_open_idx ON fees (visit_id) WHERE paid_at IS NULL;
CREATE TABLE logs (id bigint, at date NOT NULL, level text, ship_id bigint) PARTITION BY RANGE (at);
CREATE TABLE secrets (id bigint PRIMARY KEY, owner text, word text);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON secrets USING (owner = current_user);
CREATE VIEW open_visits AS SELECT * FROM visits WHERE left_at IS NULL;
