CREATE TABLE legs (id bigint, began date) PARTITION BY RANGE (began);
CREATE TABLE stops (id bigint, began date);
