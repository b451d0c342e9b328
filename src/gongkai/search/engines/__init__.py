"""How each database answers. Both are asked for the same sets, orders and counts."""
