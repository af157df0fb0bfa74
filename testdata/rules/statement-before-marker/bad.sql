/* the marker of the way up was forgotten */
CREATE TABLE harvests (id bigint PRIMARY KEY, label text DEFAULT 'a;b');
-- expect: statement-before-marker: This is never run

-- +migrate Down
DROP TABLE harvests;
