"""Chinese text and canonical bytes: pure functions, no Django."""
