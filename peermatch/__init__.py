"""PeerMatch: bring trainees and peer supporters together, in confidence."""

__version__ = "0.1.0"
