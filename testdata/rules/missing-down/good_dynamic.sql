-- +goose Up
CREATE TABLE trailers (id bigint PRIMARY KEY);
-- +goose Down
-- +goose StatementBegin
DO $$ DECLARE t text; BEGIN
    FOREACH t IN ARRAY ARRAY['trailers'] LOOP EXECUTE 'DROP TABLE ' || t; END LOOP;
END $$;
-- +goose StatementEnd
