CREATE TABLE players (id bigint PRIMARY KEY, nick text);
CREATE TABLE seasons (id bigint PRIMARY KEY, began date);
CREATE TABLE scores (id bigint PRIMARY KEY, points integer, seen date);
CREATE TABLE medals (id bigint PRIMARY KEY, metal text, player_id bigint);
