"""政府信息公开工作年度报告 as a value: its format, its cells, reading, checking and writing it.

Pure: no Django, no clock, no database. Basis: 《政府信息公开条例》第四十九、五十条 and
国办公开办函〔2021〕30号.
"""

from __future__ import annotations
