"""The auditor's desk: who looked at what, unusual use, proof of the ledger."""
