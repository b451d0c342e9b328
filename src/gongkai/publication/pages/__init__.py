"""Public pages as files: what kinds there are, which are due, writing them so that they last."""
