"""Whether anybody stands on a directory page that left: asked every day, before anything of such pages is loaded."""

from peermatch.store.transaction import Transaction


def name_anybody(tx: Transaction) -> bool:
    """Whether one names somebody, or somebody who was erased since."""
    return tx.first("SELECT 1 FROM directory_listed LIMIT 1") is not None
