"""What a county may change: holiday notices, dated parameters, number series."""
