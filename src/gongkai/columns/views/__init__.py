"""Staff pages of columns and catalogues."""
