"""What the product is measured by. Run all with ``make bench``."""
