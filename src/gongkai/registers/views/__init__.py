"""Staff pages of the registers."""
