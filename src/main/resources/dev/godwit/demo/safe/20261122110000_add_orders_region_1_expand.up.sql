-- Phase 1, expand: the column, empty. The default gives a region to rows that today's application writes.
ALTER TABLE orders ADD COLUMN region text;
ALTER TABLE orders ALTER COLUMN region SET DEFAULT 'unassigned';
