"""How long requests take, how they end, what is late: for the office; and the anonymised list for everybody."""
