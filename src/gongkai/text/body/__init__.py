"""The text of an item: a clean HTML fragment, how it is made, read, questioned and compared."""
