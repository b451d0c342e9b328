"""Columns (栏目): who feeds which, on what basis, how fast and how often; and the standard catalogues."""
