CREATE TABLE shelves (
    id serial PRIMARY KEY,
    room varchar(12) NOT NULL,
    row_no smallint NOT NULL CHECK (row_no > 0),
    width numeric(6, 2),
    depth numeric(5),
    note text DEFAULT 'none',
    made_on date DEFAULT current_date,
    UNIQUE (room, row_no)
);
CREATE TABLE books (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shelf_id int NOT NULL REFERENCES shelves ON DELETE CASCADE,
    isbn char(13) UNIQUE,
    title text NOT NULL,
    pages int CHECK (pages > 0) CHECK (pages < 20000),
    tags text[] NOT NULL DEFAULT '{}',
    grid int[][],
    lent_for interval day to second (3),
    seen_at timestamptz(3) DEFAULT now(),
    at_hour time with time zone,
    code bit(8), flags bit varying(16), letter "char", plain char,
    price double precision, weight real, "Mixed Case" boolean,
    CONSTRAINT books_sane CHECK (pages IS NOT NULL OR title <> '')
);
CREATE INDEX ON books (title);
CREATE INDEX ON books (title);
CREATE INDEX ON books (lower(title), (pages * 2), shelf_id DESC);
CREATE INDEX ON books ((shelf_id), (title));
CREATE UNIQUE INDEX books_open ON books (shelf_id, isbn) INCLUDE (pages)
    WHERE pages > 10;
CREATE INDEX ON books USING gin (tags);
CREATE INDEX ON books USING hash ("Mixed Case");
CREATE INDEX ON books USING brin (seen_at) WITH (pages_per_range = 16);
CREATE INDEX ON books ((title || isbn));
CREATE INDEX ON books (coalesce(isbn, title), (pages::text));
