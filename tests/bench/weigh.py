"""A process of its own that reads packed people, answers one enquiry and says how much memory it took at most."""

import pickle
import sys
from pathlib import Path

from tests.bench.asking import enquiries, plainly
from tests.bench.engines import program
from tests.bench.network import Chunked
from tests.matching.real_reference import REAL


def peak() -> int:
    """The most memory that this process had, in bytes; 0 where the system does not say."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def main(path: Path) -> None:
    """Answer from the network in this file."""
    network: Chunked = pickle.loads(path.read_bytes())  # noqa: S301 - the benchmark wrote it a moment ago
    register = network.register(REAL)
    del network
    enquiry = enquiries(REAL, 1)[0]
    program(register)(enquiry, plainly(REAL, enquiry))
    sys.stdout.write(str(peak()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
