"""Staff pages of what is sent in and passed on."""
