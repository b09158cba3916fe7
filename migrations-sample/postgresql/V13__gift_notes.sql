ALTER TABLE orders
    ADD COLUMN gift_note text,
    ADD COLUMN gift_wrapped boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN orders.gift_note IS 'Printed on a card that goes into the parcel';
