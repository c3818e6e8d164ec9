CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.region := upper(NEW.region); RETURN NEW; END $$;
