"""Agencies with dated names, and who holds which role in them since when."""
