ALTER TABLE offers ADD CONSTRAINT offers_end_later CHECK (ends_at > timestamptz '2020-01-01 00:00:00+00') NOT VALID;
