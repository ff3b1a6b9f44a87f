"""What goes into the frozen program and what stays out: read by the PyInstaller recipe, by the checker and by tests.

Alembic loads its revisions as files, so the migrations go in as data. What the target system must have by itself
(X11, fonts, OpenGL, the bus) is left out on Linux: the packages ask for it, and its own updates mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
Entry = tuple[str, str, str]
"""As PyInstaller lists what it found: the place, the file it came from, the kind."""
NAME = "peermatch"
WINDOW = "peermatch-window"
"""What the Start menu of Windows opens: the same program without a console."""
DATA_FOLDERS = ("resources", "peermatch/store/migrations")
NOT_SHIPPED = ("resources/pictures", "resources/suggest/examples")
"""Pictures of README, and the letters that the reading of letters was made from: the program opens neither."""

NEEDED_UNSEEN = (
    "holidays.countries.united_kingdom",
    "keyring.backends",
    "logging.config",
    "sqlalchemy.dialects.sqlite",
)
"""Modules that are loaded by a name at run time, where no import statement tells of them."""

NOT_WANTED = (
    # Python's own: other windows, other tests, other databases; nothing here speaks over the internet
    *("tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "venv", "pydoc_data", "test", "doctest", "pdb"),
    *(
        "unittest",
        "sqlite3",
        "ssl",
        "ftplib",
        "smtplib",
        "imaplib",
        "poplib",
        "nntplib",
        "telnetlib",
        "readline",
    ),
    *("curses", "distutils", "xmlrpc"),
    # of libraries: what builds and tests them, and doors that PeerMatch does not use
    *(
        "setuptools",
        "pkg_resources",
        "pip",
        "wheel",
        "_distutils_hack",
        "numpy.f2py",
        "numpy.testing",
        "numpy.distutils",
    ),
    *(
        "numpy._pyinstaller",
        "sqlalchemy.testing",
        "alembic.testing",
        "pysqlite2",
        "MySQLdb",
        "psycopg2",
        "dns",
    ),
    *("keyring.cli", "keyring.testing", "cffi", "pycparser", "IPython", "matplotlib", "PIL", "rich", "trio"),
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets"),
    *(
        "PySide6.QtSql",
        "PySide6.QtTest",
        "PySide6.QtXml",
        "PySide6.QtDesigner",
        "PySide6.QtHelp",
        "PySide6.QtUiTools",
    ),
)

NOT_BEFORE_THE_START = ("pyi_rth_inspect", "pyi_rth_multiprocessing")
"""What PyInstaller would run first of all, for programs that start themselves again or read their own source."""
PLACE_OF_QT = "pyi_rth_pyside6"
"""The same for a Qt that does not know where it stands. As published, it does; and this would load Qt even for a word
on the command line, before the program can say how (peermatch/ui/plain_imports.py), and tell other programs of the
place. Left out where packages are tried on a bare system, which is Linux."""

PLUGINS = {  # of Qt, by folder; what is not named here is left out
    "iconengines": ("qsvgicon",),
    "imageformats": ("qico", "qjpeg", "qsvg"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platforms": ("qcocoa", "qminimal", "qoffscreen", "qwayland", "qwindows", "qxcb"),
    "platformthemes": ("qxdgdesktopportal",),
    "printsupport": ("cupsprintersupport", "windowsprintersupport"),
    "styles": ("qmacstyle", "qmodernwindowsstyle"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-graphics-integration-client": ("qt-plugin-wayland-egl",),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": ("qxcb-egl-integration",),
}

QT_LIBRARIES = (
    *("Core", "DBus", "Gui", "OpenGL", "PrintSupport", "Svg", "WaylandClient", "Widgets", "XcbQpa"),
)

# Of the libraries of a Linux system, those that Python's own modules were built with, and small parts of X11 that a
# desktop often lacks. All others must be there: they are Depends of the .deb.
CARRIED = (
    *(
        "libbz2",
        "libcrypto",
        "libffi",
        "liblzma",
        "libpython3",
        "libuuid",
        "libz.",
        "libzstd",
        "libexpat",
        "libmpdec",
    ),
    *(
        "libxcb-cursor",
        "libxcb-icccm",
        "libxcb-image",
        "libxcb-keysyms",
        "libxcb-render",
        "libxcb-shape",
        "libxcb-util",
    ),
    *("libxcb-xkb", "libxcb-sync", "libxcb-xfixes", "libxcb-randr", "libxcb-shm", "libxkbcommon-x11"),
)

STRIPPED = ("sqlcipher3/_sqlite3", "libpython3", "typst/_typst")
"""All others stay as they came: ``strip`` breaks the library of numpy, whose pages were aligned after the link."""


def data_files(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Every file that goes in as it is, with the folder that it goes into."""
    for folder in DATA_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            place = file.relative_to(root)
            if file.is_file() and is_shipped(PurePosixPath(place.as_posix())):
                yield file, place.parent.as_posix()


def is_shipped(place: PurePosixPath) -> bool:
    """Whether a file of the data folders is for those who use the program."""
    left_out = any(place.is_relative_to(folder) for folder in NOT_SHIPPED)
    return not left_out and "__pycache__" not in place.parts and not place.name.startswith(".")


def wanted_libraries(found: Iterable[Entry], platform: str) -> list[Entry]:
    """Of the libraries that PyInstaller found, those that go in, each under its place and where it came from."""
    return [entry for entry in found if is_wanted(entry[0], entry[1], platform)]


def wanted_data(found: Iterable[Entry], platform: str) -> list[Entry]:
    """Of the data files, those that go in; among them are links that stand for libraries."""
    return [
        entry
        for entry in found
        if (is_wanted(*entry[:2], platform) if entry[2] == "SYMLINK" else is_wanted_data(entry[0]))
    ]


def wanted_first(found: Iterable[Entry], platform: str) -> list[Entry]:
    """Of the scripts that PyInstaller would run one after the other, those that are run; the program's own is last."""
    linux = (PLACE_OF_QT,) if platform.startswith("linux") else ()
    return [entry for entry in found if entry[0] not in (*NOT_BEFORE_THE_START, *linux)]


def is_wanted(place: str, source: str, platform: str) -> bool:
    """Whether a library that PyInstaller found goes in: by where it would stand, and where it came from."""
    path = PurePosixPath(place.replace("\\", "/"))
    if "plugins" in path.parts:
        return _is_wanted_plugin(path)
    if path.name.startswith(("libQt6", "Qt6")) or ".framework" in place:
        return _is_wanted_qt(path)
    if platform.startswith("linux") and _is_of_system(source):
        return path.name.startswith(CARRIED)
    return path.name.lower() not in ("opengl32sw.dll", "libqpdf.so")


def _is_wanted_plugin(path: PurePosixPath) -> bool:
    folder = path.parts[path.parts.index("plugins") + 1]
    stem = path.name.split(".")[0]
    return any(stem in (name, f"lib{name}") for name in PLUGINS.get(folder, ()))


def _is_wanted_qt(path: PurePosixPath) -> bool:
    framework = next((part for part in path.parts if part.endswith(".framework")), "")
    stem = (framework or path.name).removeprefix("lib").split(".")[0]
    return stem.removeprefix("Qt6").removeprefix("Qt") in QT_LIBRARIES or not stem.startswith("Qt")


def _is_of_system(source: str) -> bool:
    """Whether a library stands where the system keeps its own."""
    return (
        source.startswith(("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/"))
        and "/dist-packages/" not in source
    )


def is_wanted_data(place: str) -> bool:
    """Whether a data file that a library brought goes in: no texts of Qt in other languages, no tests, no types."""
    path = PurePosixPath(place.replace("\\", "/"))
    if path.suffix in (".pyi", ".pyx", ".pxd", ".c", ".h", ".qml", ".prl") or "tests" in path.parts:
        return False
    if path.suffix == ".qm":
        return path.parts[0] == "resources"
    return "zoneinfo" not in path.parts or path.parts[0] == "tzdata"
