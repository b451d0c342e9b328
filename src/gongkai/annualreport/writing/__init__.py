"""Writing a report: HTML, DOCX, PDF, XLSX, JSON and text, all from the one layout of `layout`.

`formats` names them all. The text form and the data inside DOCX and PDF read back equal.
"""

from __future__ import annotations
