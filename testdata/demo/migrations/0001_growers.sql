-- Who grows the fruit, and where.
CREATE TABLE growers (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL,
    region     text NOT NULL,
    phone      text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE orchards (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    grower_id bigint NOT NULL REFERENCES growers (id),
    name      text NOT NULL,
    hectares  numeric(7, 2) NOT NULL CHECK (hectares > 0)
);

CREATE INDEX orchards_grower_id_idx ON orchards (grower_id);
