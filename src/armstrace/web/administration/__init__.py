"""Administration: the ledger and its proof, accounts."""
