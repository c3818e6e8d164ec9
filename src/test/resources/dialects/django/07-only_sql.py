--- up
--- down
by itself
