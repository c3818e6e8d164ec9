DROP TRIGGER touch ON invoice;
DROP FUNCTION touched();
