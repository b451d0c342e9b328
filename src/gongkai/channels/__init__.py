"""Where an approved text was shown beside the site, when, and whether it was the same text."""
