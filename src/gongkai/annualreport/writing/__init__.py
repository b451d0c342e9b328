"""Writing a report: `html` (accessible official tables), `text` (readable and readable back).

JSON is `gongkai.annualreport.model.to_json`.
"""

from __future__ import annotations
