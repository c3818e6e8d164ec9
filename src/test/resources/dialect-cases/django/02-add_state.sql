-- What becomes of it.
ALTER TABLE orders_order ADD COLUMN state text NOT NULL DEFAULT '5% :new';
ALTER TABLE orders_order ADD COLUMN seen timestamptz NOT NULL DEFAULT now();
