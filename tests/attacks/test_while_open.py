"""Nothing can be read in the midst of an import: neither in a file, nor in one that is open, nor in a deleted one."""

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.program import ROOT
from tests.faults.scene import letters, made, readable_in, spellings

# Stops the import where its rows are written and nothing is confirmed yet.
IMPORTS = """
import sys
from pathlib import Path
from peermatch.services.office import Doors
from peermatch.services.shipped import load_shipped
from tests.networks import DAY, clock
services = Doors(load_shipped(), clock).recover(Path(sys.argv[1]), sys.argv[2])
services.desk.store.source().connection.execute("PRAGMA cache_size=5")
drafts = tuple(services.enquiries.draft(path.read_bytes()) for path in sorted(Path(sys.argv[3]).iterdir()))
def pause(frame, event, _called):
    if event == "call" and frame.f_code.co_name == "append" and frame.f_code.co_filename.endswith("journal.py"):
        sys.setprofile(None)
        print("in the midst", flush=True)
        sys.stdin.readline()
sys.setprofile(pause)
services.enquiries.receive_all(drafts, DAY)
services.close()
print("done", flush=True)
"""


def open_files(pid: int) -> dict[str, bytes]:
    """Every ordinary file that a process has open, also where its name is gone."""
    found = {}
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        if entry.is_file():
            found[str(entry.readlink())] = entry.read_bytes()
    return found


def test_in_the_midst_of_an_import_no_open_or_deleted_file_can_be_read(tmp_path: Path) -> None:
    scene = made(tmp_path / "scene")
    post = letters(tmp_path, 10)
    home = tmp_path / "home"
    home.mkdir()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environ |= {"HOME": str(home), "TMPDIR": str(home), "SQLITE_TMPDIR": str(home)}
    words = [sys.executable, "-c", IMPORTS, str(scene.network), scene.recovery, str(post)]
    with subprocess.Popen(
        words, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as importing:
        assert importing.stdin is not None
        assert importing.stdout is not None
        assert importing.stdout.readline() == "in the midst\n"
        held = open_files(importing.pid)
        assert any(name.endswith(".db") for name in held)
        assert [name for name, data in held.items() if any(word in data for word in spellings())] == []
        assert readable_in(scene.network, home) == ()
        importing.stdin.write("\n")
        importing.stdin.flush()
        assert importing.stdout.readline() == "done\n"
    assert importing.returncode == 0
    assert readable_in(scene.network, home) == ()
