-- The ERP asks us now; nobody reads its numbers any more.
ALTER TABLE orders DROP COLUMN erp_reference;
