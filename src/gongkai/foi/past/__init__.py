"""Cases handled before this ledger began, entered as what the old register says of them (补录)."""
