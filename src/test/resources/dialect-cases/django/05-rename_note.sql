ALTER TABLE orders_order RENAME COLUMN note TO remark;
