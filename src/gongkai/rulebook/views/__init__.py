"""Staff pages on the county's rules."""
