"""A document is an identity; its text is in numbered editions, each closed once and then unchangeable."""
