"""The wiring: settings, URLs and commands. Holds no rule of law."""
