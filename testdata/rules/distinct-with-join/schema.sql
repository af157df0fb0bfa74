CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, nick text UNIQUE, city text, team_id bigint);
CREATE TABLE teams (id bigint PRIMARY KEY, name text NOT NULL);
CREATE SCHEMA acl;
CREATE TABLE acl."Grants" (
    user_id bigint NOT NULL REFERENCES users,
    role_id bigint NOT NULL,
    kind text NOT NULL,
    PRIMARY KEY (user_id, role_id)
);
CREATE TABLE acl.roles (id bigint PRIMARY KEY, name text NOT NULL, title text UNIQUE);
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users, bio text);
CREATE VIEW active_grants AS SELECT * FROM acl."Grants";
