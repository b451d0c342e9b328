"""Choosing on what to charge; asking, paying, cancelling, refunding."""
