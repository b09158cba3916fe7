CREATE TABLE addresses (
    id          bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    street      varchar(200) NOT NULL,
    postcode    varchar(20) NOT NULL,
    city        varchar(100) NOT NULL,
    country     char(2)
);

CREATE INDEX addresses_customer_idx ON addresses (customer_id);
