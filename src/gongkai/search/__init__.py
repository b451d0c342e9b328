"""What is found: an index of entries per audience, in the database, that misses nothing (invariant 9)."""
