CREATE TABLE people (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, person_id bigint REFERENCES people, post_id bigint REFERENCES posts, seen boolean);
