"""The gate: what is in a file before it leaves, and who answers for letting it go."""
