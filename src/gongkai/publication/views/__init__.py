"""The pages of publication on the desk."""
