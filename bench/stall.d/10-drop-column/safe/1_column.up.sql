-- godwit:ignore drop-column no release reads it any more
ALTER TABLE orders DROP COLUMN region;
