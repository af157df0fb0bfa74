CREATE TABLE public.days (
    day date NOT NULL,
    place text NOT NULL
) PARTITION BY RANGE (day);
CREATE TABLE public.days_old (
    day date NOT NULL,
    place text NOT NULL
);
ALTER TABLE ONLY public.days ATTACH PARTITION public.days_old FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
ALTER TABLE ONLY public.days ALTER COLUMN place SET DEFAULT 'here';
ALTER TABLE ONLY public.days ADD CONSTRAINT days_pkey PRIMARY KEY (day, place);
ALTER TABLE ONLY public.days_old ADD CONSTRAINT days_old_key PRIMARY KEY (day, place);
CREATE INDEX days_place ON ONLY public.days USING btree (place);
CREATE INDEX days_old_place ON public.days_old USING btree (place);
ALTER INDEX public.days_pkey ATTACH PARTITION public.days_old_key;
ALTER INDEX public.days_place ATTACH PARTITION public.days_old_place;
CREATE TABLE days_new PARTITION OF days FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
ALTER TABLE days DROP CONSTRAINT days_pkey;
ALTER TABLE days DETACH PARTITION days_old;
DROP INDEX days_place;
