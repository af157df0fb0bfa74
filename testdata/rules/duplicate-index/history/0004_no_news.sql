ALTER TABLE growers ADD COLUMN town text;
