CREATE TABLE payments (
    id           bigserial PRIMARY KEY,
    order_id     bigint NOT NULL REFERENCES orders (id),
    amount_cents integer NOT NULL CHECK (amount_cents > 0),
    method       varchar(20) NOT NULL,
    paid_at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX payments_order_idx ON payments (order_id);
COMMENT ON COLUMN payments.amount_cents IS 'Gross, in cents of the shop''s currency';
