revision = "a"  # café
