"""The verbs of the work: each command is one transaction that returns what it did."""
