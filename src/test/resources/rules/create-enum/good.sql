CREATE TABLE state (name text PRIMARY KEY);
INSERT INTO state VALUES ('new'), ('paid');
