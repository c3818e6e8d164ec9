-- Databases go by hand. A comment tells the others.
COMMENT ON DATABASE shop_of_last_year IS 'to be dropped by hand, no backup needed';
