"""Staff pages of the gate."""
