"""A document is an identity; its text is in numbered editions, each sealed once and then unchangeable."""
