"""A number has a door: every published figure is registered with its value and the records behind it."""
