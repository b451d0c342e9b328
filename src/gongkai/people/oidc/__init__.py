"""Signing in through the county's own identity provider (OpenID Connect), where one is set."""
