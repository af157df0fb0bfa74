CREATE TABLE logs (`id` String, at DateTime64(3)) ENGINE = SharedMergeTree ORDER BY id;
--                 ^ expect: syntax-error: ClickHouse
