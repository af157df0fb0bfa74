ALTER TABLE stays RENAME COLUMN remark TO comment;
