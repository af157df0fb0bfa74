CREATE TABLE visits (guest_id bigint, seen timestamptz);
