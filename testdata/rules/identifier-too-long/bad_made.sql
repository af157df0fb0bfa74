ALTER INDEX "gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg" RENAME TO "hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh";
--                                                                                         ^ expect: identifier-too-long
ALTER TABLE trucks ADD CONSTRAINT iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii CHECK (id > 0);
-- expect: identifier-too-long
CREATE VIEW v AS SELECT id AS jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj FROM trucks;
-- expect: identifier-too-long
CREATE FUNCTION KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- expect: identifier-too-long
CREATE TYPE yard.llllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllllll AS ENUM ('a');
-- expect: identifier-too-long
CREATE TRIGGER mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm BEFORE INSERT ON trucks FOR EACH ROW EXECUTE FUNCTION f();
-- expect: identifier-too-long
CREATE POLICY "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn ""x""" ON trucks USING (true);
-- expect: identifier-too-long
DO $$
BEGIN
    ALTER TABLE trucks ADD COLUMN oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo int;
--                                ^ expect: identifier-too-long
END
$$;
CREATE TABLE pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp AS SELECT 1 AS a;
-- expect: identifier-too-long
CREATE SEQUENCE qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq;
-- expect: identifier-too-long
