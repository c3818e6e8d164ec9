-- One by one, when nobody has missed it for a while.
DROP TABLE shop.carts_dropped;
