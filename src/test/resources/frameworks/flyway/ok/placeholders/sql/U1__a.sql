DROP TABLE ${schema}.a;
