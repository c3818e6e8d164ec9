-- Step one: both names exist, and code can be released that writes both.
ALTER TABLE orders ADD COLUMN area text;
