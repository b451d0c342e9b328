"""What other systems own reaches the ledger as signed unit returns. Missing is not zero."""
