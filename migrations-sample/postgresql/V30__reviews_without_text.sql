-- Stars alone are a review too.
ALTER TABLE reviews ALTER COLUMN body DROP NOT NULL;
