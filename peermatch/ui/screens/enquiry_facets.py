"""The parts of the queue, by whose turn it is."""

from peermatch.words import tr

SAFETY, TO_READ, TO_ASK, ASKED, MET, RESTING = "safety", "to-read", "to-ask", "asked", "met", "resting"
LABELS = {
    SAFETY: tr("check safety"),
    TO_READ: tr("to read"),
    TO_ASK: tr("nobody asked"),
    ASKED: tr("under way"),
    MET: "introduced",
    RESTING: tr("on hold or closed"),
}
