"""Requests for information: a case is its events; everything else about it is folded from them."""
