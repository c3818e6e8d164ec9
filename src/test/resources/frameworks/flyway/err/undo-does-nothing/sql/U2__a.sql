-- godwit:no-op why
SELECT 1;
