"""An invented county (演示数据) whose ledger compiles to one published annual report."""

from __future__ import annotations
