"""One process that keeps the others alive and takes them with it when it ends."""
