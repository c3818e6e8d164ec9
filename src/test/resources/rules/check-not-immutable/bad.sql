ALTER TABLE offers ADD CONSTRAINT offers_end_later CHECK (ends_at > clock_timestamp()) NOT VALID;
