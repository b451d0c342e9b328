"""Work that outlives a request: one visible row a piece, done by a worker, with progress and reasons."""
