CREATE TABLE legs (id bigint, began date) PARTITION BY RANGE (began);
