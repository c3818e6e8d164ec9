CREATE TABLE visits (at timestamp);
INSERT INTO visits VALUES ('2025-06-01 12:00+02'), ('2025-06-01 12:00-05');
