"""The staff pages of receiving: what waits, one submission, the counter."""
