"""Staff pages of drafting."""
