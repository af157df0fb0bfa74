CREATE TABLE parcels (
    id bigint PRIMARY KEY,
    route_id bigint NOT NULL,
    state text NOT NULL,
    weight_g integer NOT NULL
);
