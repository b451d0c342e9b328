"""How this room says no."""


class UnreadableError(ValueError):
    """The file cannot be read or taken in; the message is one sentence for a clerk."""
