r"""Set PeerMatch up on this computer and run it, test it, or renew its lock files.

    python3 packaging/dev.py run  [for the program]   the sample network, in a window if there is a screen
    python3 packaging/dev.py test [for pytest]        style, types, borders, tests
    python3 packaging/dev.py teach FOLDER|--again|--measure  make what reads letters, or say how well it reads
    python3 packaging/dev.py bench [--quick] [--write]  the program timed beside the alternatives; into README
    python3 packaging/dev.py mutate [module]          small changes to the matching core: do the tests notice?
    python3 packaging/dev.py faults [--quick] [--write]  kills, power cuts, full disks, flipped bytes; into SECURITY
    python3 packaging/dev.py fuzz letters|tables [MINUTES] [SEED]  broken files for every reader of foreign files
    python3 packaging/dev.py audit [--sbom FILE]        what the program is made of, and is any of it known to be weak?
    python3 packaging/dev.py gallery [FOLDER] [--pictures]  every screen as pictures, in all looks; those of README
    python3 packaging/dev.py guide [FILE]             the user guide as a PDF
    python3 packaging/dev.py build [SYSTEM] [--deb ...]  the packages of this system, into dist/; build --help tells all
    python3 packaging/dev.py frozen [FOLDER]          the Debian package on a bare system: installed, used, removed
    python3 packaging/dev.py words [LANGUAGE]         the files for those who translate the window: words cy
    python3 packaging/dev.py lock [for uv]            renew packaging/requirements-*.txt from pyproject.toml

On Windows: py packaging\dev.py run. The first time it makes .venv and fetches the locked libraries; later it
only looks whether anything has changed. It is plain standard library, and loads on any Python 3, so that it
can say which one it needs.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from system_parts import Stopped, check_system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)
ALL_IN_PLACE = "import PySide6.QtWidgets, sqlcipher3, sqlmodel, cryptography, numpy, peermatch"
FOREIGN = (  # settings that would let libraries from elsewhere into .venv, ours out of it, or slow it down
    "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__",
    "PYTHONDONTWRITEBYTECODE",  # each start would read all of PeerMatch as text again: a second of work
    "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_NO_DEPS", "PIP_REQUIREMENT", "PIP_EDITABLE",
)  # fmt: skip


def say(text: str) -> None:
    """Tell the reader at once, also when the output goes into a file."""
    print(text, flush=True)


# ------------------------------------------------------------------------------------- this Python


def check_python(version: tuple[int, ...], implementation: str, find: Callable[[str], str | None]) -> None:
    """Stop with a clear sentence if this Python cannot run PeerMatch."""
    if implementation != "cpython":
        raise Stopped(f"PeerMatch needs the usual Python from python.org (CPython), not {implementation}.")
    if version[:2] >= OLDEST:
        return
    newer = next(
        (name for name in ("python3.13", "python3.12", "python3.11", "python3.14") if find(name)), ""
    )
    advice = f"This computer has {newer}: use `{newer} packaging/dev.py`." if newer else (
        "Install a newer one from python.org or by your package manager, then start this again with it."
    )  # fmt: skip
    raise Stopped(f"PeerMatch needs Python 3.11 or newer; this is {'.'.join(map(str, version))}. {advice}")


# ----------------------------------------------------------------------------------- the environment


def program(name: str, venv: Path = VENV) -> Path:
    """Where a program of the environment stands."""
    return venv / "Scripts" / f"{name}.exe" if os.name == "nt" else venv / "bin" / name


def own_environ(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings for our own programs: nothing that lets in libraries from elsewhere."""
    kept = {name: value for name, value in environ.items() if name.upper() not in FOREIGN}
    if not kept.get("HOME", "unset"):
        del kept["HOME"]  # an empty HOME would make "/" the home
    return {**kept, "PYTHONNOUSERSITE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def settings(cfg: str) -> dict[str, str]:
    """What pyvenv.cfg says of an environment."""
    pairs = (line.partition("=") for line in cfg.splitlines())
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def is_usable(venv: Path) -> bool:
    """Whether an environment will do: whole, new enough, standing alone, and made in this place."""
    cfg = venv / "pyvenv.cfg"
    if not (program("python", venv).exists() and program("pip", venv).exists() and cfg.is_file()):
        return False
    said = settings(cfg.read_text(encoding="utf-8"))
    version = tuple(int(part) for part in said.get("version", said.get("version_info", "0.0")).split(".")[:2])
    alone = said.get("include-system-site-packages", "false").lower() == "false"
    made_here = said.get("command", str(venv)).endswith(str(venv))
    return version >= OLDEST and alone and made_here


def lock_of(level: str, root: Path = ROOT) -> Path:
    """The lock file of a level: ``run`` or ``dev``, which holds all of ``run``."""
    return root / "packaging" / f"requirements-{level}.txt"


def fingerprint(level: str, root: Path = ROOT) -> str:
    """Changes whenever the environment must be looked at again."""
    sources = (lock_of(level, root), root / "pyproject.toml", root / ".venv" / "pyvenv.cfg")
    digest = hashlib.sha256(str(root).encode())
    for source in sources:
        digest.update(source.read_bytes() if source.is_file() else b"none")
    return digest.hexdigest()


def stamp_of(level: str, root: Path = ROOT) -> Path:
    """The note inside the environment of what was installed."""
    return root / ".venv" / f"peermatch-{level}.stamp"


def is_ready(level: str, root: Path = ROOT) -> bool:
    """Whether the environment holds exactly what the lock says."""
    stamp = stamp_of(level, root)
    return (
        stamp.is_file()
        and is_usable(root / ".venv")
        and stamp.read_text(encoding="utf-8") == fingerprint(level, root)
    )


def must(words: Sequence[str | Path], otherwise: str) -> None:
    """Run a step of the set-up; if it fails, stop with this sentence."""
    if subprocess.call([str(word) for word in words], cwd=ROOT, env=own_environ(os.environ)) != 0:
        raise Stopped(f"{otherwise} What went wrong stands above.")


def install(*words: str | Path, otherwise: str) -> None:
    """Install into the environment exactly what is named, nothing that it asks for in turn."""
    must([program("python"), "-m", "pip", "install", "--quiet", "--no-deps", *words], otherwise)


def set_up(level: str) -> None:
    """Make the environment and fill it from the lock."""
    if not is_usable(VENV):
        say(f"Making an environment of its own in {VENV} ...")
        must(
            [sys.executable, "-m", "venv", "--clear", VENV],
            f"Python could not make {VENV}. Is the folder writable, and is there room on the disk?",
        )
    say("Fetching the locked libraries, each checked by its hash (a minute or two the first time) ...")
    ready_made = ("--only-binary", ":all:", "--no-warn-script-location")
    install(
        *("--require-hashes", *ready_made, "-r", lock_of(level)),
        otherwise="The libraries could not be installed. Is the internet within reach, and .venv your own?",
    )
    install(
        *("--no-build-isolation", "--no-index", "-e", ROOT),
        otherwise="PeerMatch itself could not be installed into its environment.",
    )
    must([program("python"), "-P", "-c", ALL_IN_PLACE], "The libraries are there but do not start.")
    for done in ("run", "dev") if level == "dev" else ("run",):
        stamp_of(done).write_text(fingerprint(done), encoding="utf-8")


def prepare(level: str) -> None:
    """Everything that must be there before the work, quick if it is there already."""
    ready = is_ready(level)
    check_system(venv_is_needed=not is_usable(VENV), for_tests=level == "dev", say=say)
    if not ready:
        begun = time.monotonic()
        set_up(level)
        say(f"Ready after {time.monotonic() - begun:.0f} s; the next start needs none of this.")


# ---------------------------------------------------------------------------------------- the commands


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window can open: always on Windows and macOS, with a display on Linux."""
    return not platform.startswith("linux") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def demo_words(extra: Sequence[str], screen: bool) -> list[str]:
    """What to ask of the program."""
    headless = [] if screen or "--headless" in extra else ["--headless"]
    return ["demo", *headless, *extra]


def run(extra: Sequence[str]) -> int:
    """Show PeerMatch at work on its sample network."""
    prepare("run")
    screen = has_screen(os.environ, sys.platform)
    words = demo_words(extra, screen)
    say(f"{'Opening the window' if '--headless' not in words else 'No window'}: peermatch {' '.join(words)}")
    return subprocess.call(
        [str(program("python")), "-P", "-m", "peermatch", *words], env=own_environ(os.environ)
    )


# A file stays on one core, so that what its tests share is made once. A crash ends the run: nobody takes it for a pass,
# and the tests that the crashed one left behind are not waited for.
BY_ALL_CORES = ("--numprocesses", "auto", "--dist", "loadfile", "--max-worker-restart", "0")


def checks(extra: Sequence[str]) -> list[tuple[str, list[str]]]:
    """The steps of ``test``, each with its name; pytest comes last and has the last word."""
    python = str(program("python"))
    return [
        ("Style (ruff)", [python, "-m", "ruff", "check", "."]),
        ("Layout (ruff format)", [python, "-m", "ruff", "format", "--check", "."]),
        ("Types (mypy)", [python, "-m", "mypy"]),
        ("Borders between the parts (import-linter)", [str(program("lint-imports"))]),
        ("Tests (pytest)", [python, "-m", "pytest", *BY_ALL_CORES, *extra]),
    ]


def test(extra: Sequence[str]) -> int:
    """Check everything; stop at the first thing that is wrong."""
    prepare("dev")
    environ = {**own_environ(os.environ), "QT_QPA_PLATFORM": "offscreen"}
    steps = checks(extra)
    for number, (name, words) in enumerate(steps, start=1):
        say(f"\n[{number} of {len(steps)}] {name}")
        code = subprocess.call(words, cwd=ROOT, env=environ)
        if code != 0:
            return code
    return 0


def teach(extra: Sequence[str]) -> int:
    """Make the heads of the sentence model anew, or measure how letters are read."""
    prepare("dev")
    words = [str(program("python")), str(ROOT / "packaging" / "teach.py"), *extra]
    alone = {"OPENBLAS_NUM_THREADS": "1"}  # what several threads add up depends on how many cores there are
    return subprocess.call(words, cwd=ROOT, env={**own_environ(os.environ), **alone})


def bench(extra: Sequence[str]) -> int:
    """Time the program beside the alternatives: half an hour, or a few minutes with ``--quick``."""
    from bench import measure

    prepare("dev")
    return measure(program("python"), own_environ(os.environ), ROOT, extra)


def mutate(extra: Sequence[str]) -> int:
    """Change the matching core in small ways, and see whether the tests notice; all of it takes hours."""
    prepare("dev")
    words = [str(program("python")), str(ROOT / "packaging" / "mutate.py"), *extra]
    return subprocess.call(words, cwd=ROOT, env=own_environ(os.environ))


def audit(extra: Sequence[str]) -> int:
    """Write down what the program is made of, and ask whether any of it has a known weakness."""
    prepare("dev")
    words = [str(program("python")), str(ROOT / "packaging" / "audit.py"), *extra]
    return subprocess.call(words, cwd=ROOT, env=own_environ(os.environ))


def gallery(extra: Sequence[str]) -> int:
    """Render every screen in every look, and say where a layout is wrong; ``--pictures`` renews those of README."""
    prepare("dev")
    words = [str(program("python")), str(ROOT / "packaging" / "gallery.py"), *extra]
    alone = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.call(words, cwd=ROOT, env={**own_environ(os.environ), **alone})


def translate(extra: Sequence[str]) -> int:
    """Make and renew Qt's translation files from the words in the code, for the languages that are named."""
    prepare("dev")
    said = [str(program("python")), str(ROOT / "packaging" / "translations.py"), *extra]
    return subprocess.call(said, cwd=ROOT, env=own_environ(os.environ))


def guide(extra: Sequence[str]) -> int:
    """Write the user guide as a PDF: in ``build``, where no other file is named."""
    prepare("run")
    made = ROOT / "build" / "peermatch-guide.pdf"
    if not extra:
        made.parent.mkdir(exist_ok=True)
        made.unlink(missing_ok=True)
    words = [str(program("python")), "-P", "-m", "peermatch", "guide", *(extra or [str(made)])]
    return subprocess.call(words, env=own_environ(os.environ))


def faults(extra: Sequence[str]) -> int:
    """Drive the program through faults by the hundred: an hour or two, or some minutes with ``--quick``."""
    from faults import measure

    prepare("dev")
    return measure(program("python"), own_environ(os.environ), ROOT, extra)


def fuzz(extra: Sequence[str]) -> int:
    """Give the readers of foreign files broken ones for some minutes; what breaks a reader is kept for the tests."""
    kinds = ("letters", "tables")
    if not extra or extra[0] not in kinds:
        raise Stopped(
            f"Say which readers are meant: fuzz {' or fuzz '.join(kinds)}, and for how many minutes."
        )
    prepare("dev")
    words = [str(program("python")), "-m", f"tests.fuzz.fuzz_{extra[0]}", *(extra[1:] or ["10"])]
    return subprocess.call(words, cwd=ROOT, env={**own_environ(os.environ), "PYTHONPATH": str(ROOT)})


def build(extra: Sequence[str]) -> int:
    """Make the packages; they need an environment of their own, not the one for work."""
    import build as packages

    return packages.main(extra)


def frozen(extra: Sequence[str]) -> int:
    """Install the Debian package where there is nothing else, and use it as a person would; some minutes."""
    prepare("dev")
    words = [str(program("python")), str(ROOT / "packaging" / "frozen.py"), *extra]
    return subprocess.call(words, cwd=ROOT, env={**own_environ(os.environ), "PYTHONPATH": str(ROOT)})


def lock_words(level: str) -> list[str]:
    """How uv is asked: for all systems, with hashes, without a single address."""
    systems = ["--universal", "--python-version", "3.11"]
    plain = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    same_as_run = ["--constraints", f"packaging/{lock_of('run').name}"]
    wanted = {
        "run": ["--extra", "build", "pyproject.toml"],
        "dev": ["--extra", "build", "--extra", "dev", *same_as_run, "pyproject.toml"],
        "build": ["--group", "frozen", *same_as_run],  # what freezes the program, and nothing of the program
    }
    return [*systems, *plain, "--output-file", f"packaging/{lock_of(level).name}", *wanted[level]]


def lock(extra: Sequence[str]) -> int:
    """Renew the lock files; what is locked stays unless ``--upgrade`` is said."""
    own = program("uv")
    uv = str(own) if own.exists() else shutil.which("uv")
    if not uv:
        raise Stopped(
            "The locks are made by uv: get it by `python3 -m pip install uv`, then start this again."
        )
    for level in ("run", "dev", "build"):
        say(f"Resolving {lock_of(level).name} ...")
        words = [uv, "pip", "compile", "--quiet", *lock_words(level), *extra]
        must(words, "uv found no set of libraries that fits together.")
        if "://" in lock_of(level).read_text(encoding="utf-8"):
            raise Stopped(f"{lock_of(level).name} says where a library came from; a lock must not.")
    return 0


def main(words: Sequence[str]) -> int:
    """Do what the first word says."""
    commands = {
        "run": run, "test": test, "teach": teach, "bench": bench, "mutate": mutate, "audit": audit,
        "faults": faults, "fuzz": fuzz, "gallery": gallery, "lock": lock, "words": translate,
        "build": build, "frozen": frozen, "guide": guide,
    }  # fmt: skip
    if not words or words[0] not in commands:
        say(__doc__ or "")
        return 0 if words and words[0] in ("-h", "--help") else 2
    try:
        check_python(tuple(sys.version_info[:3]), sys.implementation.name, shutil.which)
        code = commands[words[0]]([word for word in words[1:] if word != "--"])
    except Stopped as stopped:
        print(f"\n{stopped}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 128 - code if code < 0 else code  # a program that was killed says so in the shell's way


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
