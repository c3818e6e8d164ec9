-- un
-- cafÃ© créé
SELECT 1;
