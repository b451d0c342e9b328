"""``/apply/form/`` and ``/apply/status/``: a request sent and followed without an account or a script."""
