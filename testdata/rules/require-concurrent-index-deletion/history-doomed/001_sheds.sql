CREATE TABLE sheds (id bigint PRIMARY KEY, plot text, roof text);
CREATE INDEX sheds_plot_idx ON sheds (plot);
CREATE INDEX sheds_roof_idx ON sheds (roof);
