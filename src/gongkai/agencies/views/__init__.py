"""The staff pages of agencies and roles."""
