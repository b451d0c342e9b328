"""What staff see: the shell of the rooms' own screens, and the report's pre-flight."""
