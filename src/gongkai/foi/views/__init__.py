"""The staff pages of requests."""
