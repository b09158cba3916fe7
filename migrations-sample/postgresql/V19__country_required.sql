-- sluice: phase post-deploy: the old version saves addresses without a country until its last node is gone
UPDATE addresses SET country = 'DE' WHERE country IS NULL;

ALTER TABLE addresses ALTER COLUMN country SET NOT NULL;
