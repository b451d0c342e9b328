"""What is kept unreadable at rest: keys and their rotation, sealing, and which columns hold sealed values."""
