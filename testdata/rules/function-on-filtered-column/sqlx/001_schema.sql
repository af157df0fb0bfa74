CREATE TABLE books (
    id bigint PRIMARY KEY,
    title text NOT NULL,
    year int
);
CREATE INDEX books_title_idx ON books (title);
