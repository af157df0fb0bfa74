-- As pg_dump writes a serial column.
CREATE TABLE teams (id integer NOT NULL);
--                  ^ expect: int-primary-key
CREATE SEQUENCE teams_id_seq;
ALTER TABLE ONLY teams ALTER COLUMN id SET DEFAULT nextval('teams_id_seq'::regclass);
ALTER TABLE ONLY teams ADD CONSTRAINT teams_pkey PRIMARY KEY (id);
CREATE TABLE jobs (id integer DEFAULT nextval('jobs_id_seq') PRIMARY KEY);
--                 ^ expect: int-primary-key
