-- A delivery is unloaded into bins; each carries a barcode from then on.
CREATE TABLE bins (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery_id bigint NOT NULL REFERENCES deliveries (id),
    barcode     text NOT NULL UNIQUE,
    net_kg      numeric(8, 2) NOT NULL,
    filled_at   timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX bins_delivery_id_idx ON bins (delivery_id);
