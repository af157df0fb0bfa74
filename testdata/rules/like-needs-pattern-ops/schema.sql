CREATE TABLE vineyards (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    code varchar(12) NOT NULL,
    plot char(8),
    "Region" text COLLATE "en-x-icu",
    sku text COLLATE "C",
    slug text,
    path text,
    note text,
    tag text,
    owner_id bigint,
    grade citext
);
CREATE INDEX vineyards_name_idx ON vineyards (name);
CREATE UNIQUE INDEX vineyards_code_key ON vineyards (code);
CREATE INDEX vineyards_plot_idx ON vineyards (plot, id);
CREATE INDEX vineyards_region_idx ON vineyards ("Region");
CREATE INDEX vineyards_sku_idx ON vineyards (sku);
CREATE INDEX vineyards_slug_idx ON vineyards (slug);
CREATE INDEX vineyards_slug_like ON vineyards (slug text_pattern_ops);
CREATE INDEX vineyards_path_idx ON vineyards (path COLLATE "C");
CREATE INDEX vineyards_tag_idx ON vineyards (tag);
CREATE INDEX vineyards_tag_trgm ON vineyards USING gin (tag gin_trgm_ops);
CREATE INDEX vineyards_owner_idx ON vineyards (owner_id);
CREATE INDEX vineyards_grade_idx ON vineyards (grade);
CREATE SCHEMA cellar;
CREATE TABLE cellar.casks (id bigint PRIMARY KEY, label text, wood text COLLATE "de-x-icu");
CREATE INDEX casks_label_idx ON cellar.casks (label);
CREATE INDEX casks_wood_idx ON cellar.casks (wood);
ALTER TABLE cellar.casks ALTER wood TYPE text COLLATE "C";
