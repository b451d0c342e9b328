"""Normative documents: their effect by dated relations, and the stock the yearly report counts."""
