"""``python -m gongkai``: the same as the ``gongkai`` command."""

from __future__ import annotations

import sys

from gongkai.project.cli import main

sys.exit(main())
