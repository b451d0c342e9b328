"""What is live, since when, under which seal or waiver, and how it ended."""
