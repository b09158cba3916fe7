-- customers_email_key serves these queries as well.
DROP INDEX customers_email_idx;
