-- un
-- café créé
SELECT 1;
