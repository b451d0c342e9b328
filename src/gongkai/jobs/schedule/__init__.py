"""The table of what is due by the clock: kept equal to what is declared, claimed row by row."""
