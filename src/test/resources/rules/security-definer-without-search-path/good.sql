CREATE FUNCTION count_orders() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN (SELECT count(*) FROM orders); END $$;
