SELECT pg_catalog.set_config('search_path', '', false);
CREATE TABLE public.keepers (id bigint NOT NULL);
CREATE TABLE public.hives (id bigint NOT NULL, keeper_id bigint);
ALTER TABLE ONLY public.keepers ADD CONSTRAINT keepers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hives ADD CONSTRAINT hives_keeper_fkey FOREIGN KEY (keeper_id) REFERENCES public.keepers (id);
-- expect: foreign-key-without-index: CREATE INDEX ON public.hives (keeper_id);
