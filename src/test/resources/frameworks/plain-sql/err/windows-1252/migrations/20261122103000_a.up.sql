SELECT “quoted”;
