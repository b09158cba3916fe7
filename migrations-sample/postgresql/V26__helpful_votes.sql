-- The test database has it already.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM information_schema.columns
                   WHERE table_name = 'reviews' AND column_name = 'helpful_votes') THEN
        ALTER TABLE reviews ADD COLUMN helpful_votes integer NOT NULL DEFAULT 0;
    END IF;
END;
$$;
