-- later
/* much /* nested */ later */ ;
