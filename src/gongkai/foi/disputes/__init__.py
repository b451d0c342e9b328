"""Reconsiderations and suits as matters of their own: entered, answered, concluded, and what they reopen."""
