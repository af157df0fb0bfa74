-- +goose Up
CREATE INDEX vats_both_idx ON vats (litres, grape);
-- expect: require-concurrent-index-creation
-- +goose Down
DROP INDEX vats_both_idx;
CREATE INDEX vats_down_idx ON vats (grape);
-- expect: require-concurrent-index-creation
