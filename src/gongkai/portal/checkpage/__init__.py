"""The public page that checks reports somebody uploads, and keeps nothing of them."""
