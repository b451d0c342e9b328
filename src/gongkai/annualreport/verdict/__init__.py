"""From files to verdicts: read and checked apart from this process, told as text, JSON or a page."""
