CREATE TABLE ponds (id uuid PRIMARY KEY, keeper text, depth integer);
