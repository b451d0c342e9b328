"""Reading and writing the exchange format, some of it with the demo county loaded once for all."""
