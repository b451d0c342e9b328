"""Information several applicants asked for and got: whether it becomes public by itself (条例第四十四条)."""
