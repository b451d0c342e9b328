"""Writing a letter, adding the files that go with it, and opening what was kept, never without a record."""
