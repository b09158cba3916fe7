CREATE TABLE coupons (
    id           bigserial PRIMARY KEY,
    customer_id  bigint NOT NULL REFERENCES customers (id),
    code         varchar(40) NOT NULL,
    percent      smallint NOT NULL,
    redeemed_at  timestamptz
);

CREATE INDEX coupons_customer_idx ON coupons (customer_id);
