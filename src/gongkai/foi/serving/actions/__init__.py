"""Sending, what came of it, and looking at the slip."""
