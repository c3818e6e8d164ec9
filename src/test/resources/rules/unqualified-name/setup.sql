DROP SCHEMA IF EXISTS godwit_other CASCADE;
CREATE SCHEMA godwit_other;
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = godwit_other, public', current_database()); END $$;
