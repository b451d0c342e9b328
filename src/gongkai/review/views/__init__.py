"""The pages of review on the desk."""
