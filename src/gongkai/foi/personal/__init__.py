"""Applicants' personal data after it was entered: looked at with a reason, kept for a time, destroyed."""
