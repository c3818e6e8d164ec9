ALTER TABLE orders_order ADD COLUMN total numeric(12, 2);
-- Everybody of before, 100% :sure
UPDATE orders_order SET total = 0
WHERE remark LIKE '5%' OR remark = '%s {x} ${x} \ "quoted"
over lines';
ALTER TABLE orders_order ALTER COLUMN total SET NOT NULL;
