"""Staff pages of the letters."""
