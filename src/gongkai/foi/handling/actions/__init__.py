"""Every step an officer takes on a request: the role, the state, the guards, then the event and its record."""
