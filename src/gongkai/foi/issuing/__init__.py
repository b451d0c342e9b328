"""What goes out in a case: its letters from what is on file, the files that go with them, kept as they were signed."""
