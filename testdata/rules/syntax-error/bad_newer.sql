ALTER TABLE a ADD CONSTRAINT a_b_not_null NOT NULL b;
--                                        ^ expect: syntax-error
