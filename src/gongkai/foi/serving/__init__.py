"""Serving what was written to the applicant: attempts, their proof, and the windows that open with it."""
