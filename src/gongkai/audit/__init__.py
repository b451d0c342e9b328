"""Append-only event streams, one hash chain per agency. Imports no other room."""
