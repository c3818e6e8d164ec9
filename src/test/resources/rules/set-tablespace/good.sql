CREATE TABLE orders_moved (LIKE orders INCLUDING ALL) TABLESPACE godwit_proof;
