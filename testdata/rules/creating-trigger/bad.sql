CREATE TRIGGER seen AFTER INSERT ON trucks FOR EACH ROW EXECUTE FUNCTION seen();
-- expect: creating-trigger: Creating a trigger blocks writes to trucks
ALTER TABLE yard."Trailers" DISABLE TRIGGER ALL;
-- expect: creating-trigger: Switching a trigger
CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON nobody DEFERRABLE FOR EACH ROW EXECUTE FUNCTION seen();
-- expect: creating-trigger: nobody
