"""A log of ids and counts, never a name: what the program did, for the person who has to look after it."""

import logging
import logging.handlers
import re

from peermatch.paths import log_folder, make_private

_SECRETS = re.compile(r"[\w.+-]+@[\w.-]+|(?:\+?\d[\d ()-]{7,}\d)")


class RedactingFormatter(logging.Formatter):
    """Takes addresses and numbers out of whatever is logged, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The time, then one line (and a traceback) without addresses and telephone numbers."""
        return f"{self.formatTime(record)} {_SECRETS.sub('[removed]', super().format(record))}"


def start_logging() -> logging.Logger:
    """Open the rotating log file and return the program's logger; without a writable folder nothing is kept."""
    logger = logging.getLogger("peermatch")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    if logger.handlers:
        return logger
    try:
        make_private(log_folder())
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            log_folder() / "peermatch.log", maxBytes=200_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(RedactingFormatter("%(levelname)s %(message)s"))
    logger.addHandler(handler)
    return logger
