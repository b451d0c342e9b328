"""Every write of this folder: what is entered into the index, what a person decides."""
