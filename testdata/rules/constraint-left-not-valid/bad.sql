CREATE TABLE trucks (id bigint PRIMARY KEY, mileage integer, boss bigint);
ALTER TABLE trucks ADD CONSTRAINT sane CHECK (mileage >= 0) NOT VALID;
-- expect: constraint-left-not-valid: sane of trucks
ALTER TABLE trucks ADD CONSTRAINT "Boss" FOREIGN KEY (boss) REFERENCES trucks NOT VALID;
-- expect: constraint-left-not-valid: "Boss"
ALTER TABLE trucks ADD CHECK (id > 0) NOT VALID;
-- expect: constraint-left-not-valid
