CREATE TABLE trucks (id bigint, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa int);
--                              ^ expect: identifier-too-long
CREATE INDEX "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ" ON trucks (id);
--           ^ expect: identifier-too-long
ALTER TABLE trucks RENAME COLUMN id TO bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb;
--                                     ^ expect: identifier-too-long
