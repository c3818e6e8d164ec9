-- No code uses it any more. It goes when nobody has missed it for a while.
ALTER TABLE orders RENAME TO orders_dropped;
