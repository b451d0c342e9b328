"""Files people bring: what they are, whether they may come in, what they say. No Django."""
