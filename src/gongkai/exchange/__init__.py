"""How a county moves in and out: one workbook read into the ledger, or into a throw-away one, and written from it."""
