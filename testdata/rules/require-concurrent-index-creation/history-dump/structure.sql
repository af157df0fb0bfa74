SET statement_timeout = 0;
SET lock_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
\restrict abcdefghijklmnop
DROP INDEX IF EXISTS public.wells_depth_idx;
DROP TABLE IF EXISTS public.wells;
CREATE TABLE public.wells (
    id bigint NOT NULL,
    depth integer
);
COPY public.wells (id, depth) FROM stdin;
1	20
2	CREATE INDEX x ON wells (id);
\.
CREATE INDEX wells_depth_idx ON public.wells USING btree (depth);
CREATE INDEX elsewhere_idx ON public.elsewhere USING btree (depth);
\unrestrict abcdefghijklmnop
