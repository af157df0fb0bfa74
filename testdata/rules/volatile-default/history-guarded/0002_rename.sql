DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM information_schema.columns WHERE table_schema = '{{ index .Options "Schema" }}' AND column_name = 'provider_id') THEN
        ALTER TABLE IF EXISTS {{ index .Options "Schema" }}.identities RENAME COLUMN id TO provider_id;
    END IF;
END $$;
ALTER TABLE {{ index .Options "Schema" }}.identities ADD COLUMN IF NOT EXISTS id uuid DEFAULT gen_random_uuid();
--                                                                                            ^ expect: volatile-default
