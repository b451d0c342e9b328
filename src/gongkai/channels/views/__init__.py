"""Staff pages of the channels."""
