ALTER TABLE orders ADD COLUMN quantity_new bigint;
CREATE FUNCTION orders_quantity_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.quantity_new := NEW.quantity;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_quantity_new BEFORE INSERT OR UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION orders_quantity_new();
