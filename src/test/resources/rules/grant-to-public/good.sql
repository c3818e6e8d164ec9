GRANT SELECT, UPDATE ON orders TO godwit_reader;
