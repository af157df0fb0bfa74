CREATE TABLE public.rides (id bigint);
ALTER SCHEMA public RENAME TO old_public;
-- expect: renaming-schema: public
