ALTER TABLE orders_order ADD COLUMN region varchar(2);
