CREATE TABLE trips (
    id bigint PRIMARY KEY,
    begins date CHECK (begins >= CURRENT_DATE),
--                               ^ expect: volatile-check: CURRENT_DATE in a CHECK
    CONSTRAINT adult CHECK (age(born) > interval '18 years')
--                          ^ expect: volatile-check
);
ALTER TABLE trips ADD CONSTRAINT soon CHECK (begins < now() + interval '1 year') NOT VALID;
--                                                    ^ expect: volatile-check
ALTER TABLE trips ADD COLUMN by text CHECK (by = current_user);
--                                               ^ expect: volatile-check
