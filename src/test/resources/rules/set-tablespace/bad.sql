ALTER TABLE orders SET TABLESPACE godwit_proof;
