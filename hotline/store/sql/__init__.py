"""How statements reach either database, quickly and for many turns at once."""
