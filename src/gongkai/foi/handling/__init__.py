"""Working on a request: the steps officers take, the records their guards read, and who signs."""
