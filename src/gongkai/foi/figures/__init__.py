"""Tables 3 and 4 as figures over cases and disputes."""

from __future__ import annotations

from gongkai.figures.registry import register
from gongkai.foi.figures.cases import CaseFigures
from gongkai.foi.figures.disputes import DisputeFigures

register("foi.cases", CaseFigures())
register("foi.disputes", DisputeFigures())
