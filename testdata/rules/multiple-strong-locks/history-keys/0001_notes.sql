CREATE TABLE people (id bigint PRIMARY KEY);
CREATE TABLE posts (id bigint PRIMARY KEY);
CREATE TABLE notes (id bigint PRIMARY KEY, person_id bigint REFERENCES people, post_id bigint REFERENCES posts, seen boolean);
CREATE TABLE old_notes (id bigint PRIMARY KEY, person_id bigint REFERENCES people);
CREATE TABLE drafts (id bigint PRIMARY KEY, old_id bigint REFERENCES old_notes, title text);
CREATE TABLE folders (id bigint PRIMARY KEY);
CREATE TABLE kept (id bigint PRIMARY KEY, folder_id bigint REFERENCES folders);
ALTER TABLE folders RENAME TO boxes;
