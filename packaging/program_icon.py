"""Makes every icon file from the one drawing, by Qt: run by the build's own Python, ``program_icon.py SVG FOLDER``."""

import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 24, 32, 48, 64, 128, 256, 512, 1024)
ON_WINDOWS = (16, 24, 32, 48, 64, 128, 256)
ON_MACOS = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256,
    b"ic14": 512, b"ic09": 512, b"ic10": 1024,
}  # fmt: skip
"""Apple's names for the sizes; those that come twice are for screens of double density."""


def png(drawing: QSvgRenderer, size: int) -> bytes:
    """The drawing in one size."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter)
    painter.end()
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes text here, and nothing else
    return bytes(kept.data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """An icon file of Windows: a list of places, then the pictures as PNG, which Windows reads since Vista."""
    sizes = [size for size in ON_WINDOWS if size in pictures]
    places, body = b"", b""
    start = 6 + 16 * len(sizes)
    for size in sizes:
        picture = pictures[size]
        places += struct.pack(
            "<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), start + len(body)
        )
        body += picture
    return struct.pack("<HHH", 0, 1, len(sizes)) + places + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """An icon file of macOS: pictures one after another, each behind its name and length."""
    parts = [
        name + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for name, size in ON_MACOS.items()
    ]
    body = b"".join(parts)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def make(drawing: Path, folder: Path) -> None:
    """Write ``peermatch.ico``, ``peermatch.icns`` and a PNG for each size."""
    renderer = QSvgRenderer(str(drawing))
    pictures = {size: png(renderer, size) for size in SIZES}
    (folder / "icons").mkdir(parents=True, exist_ok=True)
    for size, picture in pictures.items():
        (folder / "icons" / f"{size}.png").write_bytes(picture)
    (folder / "peermatch.ico").write_bytes(ico(pictures))
    (folder / "peermatch.icns").write_bytes(icns(pictures))


if __name__ == "__main__":
    application = QGuiApplication(["icons", "-platform", "offscreen"])
    make(Path(sys.argv[1]), Path(sys.argv[2]))
