CREATE TABLE shipments (
    id         bigserial PRIMARY KEY,
    order_id   bigint NOT NULL REFERENCES orders (id),
    carrier    varchar(40) NOT NULL,
    tracking   varchar(60),
    shipped_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX shipments_order_idx ON shipments (order_id);
