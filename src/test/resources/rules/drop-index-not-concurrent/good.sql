DROP INDEX CONCURRENTLY orders_region_idx;
