"""Writing down what happens in a dispute."""
