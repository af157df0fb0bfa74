-- Windows wrote this
CREATE TABLE crates (id bigint);

  CREATE INDEX a
  ON baskets (id);
CREATE INDEX b ON baskets (id);
