"""Charts as values: pure functions from figures to shapes, which a template prints as SVG.

No Django, no style and no script: shapes carry classes and plain numbers. Each chart is drawn 300
units across, so that a phone shows its words at their full size, and each comes with its table.
"""
