#!/bin/sh
# Installs PeerMatch for the person who runs this, without administrator rights: ./install.sh, or ./install.sh --remove
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
lib=$HOME/.local/lib/peermatch
bin=$HOME/.local/bin

remove() {
    rm -rf "$lib"
    rm -f "$bin/peermatch" "$data/applications/peermatch.desktop" "$data/metainfo/@ID@.metainfo.xml"
    rm -f "$data/man/man1/peermatch.1.gz" "$data/bash-completion/completions/peermatch"
    rm -f "$data/zsh/vendor-completions/_peermatch" "$data/fish/vendor_completions.d/peermatch.fish"
    find "$data/icons/hicolor" -path '*/apps/peermatch.*' -type f -delete 2>/dev/null || true
}

if [ "${1:-}" = "--remove" ]; then
    remove
    echo "PeerMatch is removed. Networks, backups and settings stay in $data/PeerMatch, and wherever you chose."
    exit 0
fi
if [ "$(id -u)" = 0 ]; then
    echo "Run this as yourself, not as root: it installs for one person. For everybody, use the .deb." >&2
    exit 1
fi
remove
mkdir -p "$lib" "$bin" "$data"
cp -R "$here/program/." "$lib/"
cp -R "$here/share/." "$data/"
sed -i "s|^Exec=.*|Exec=\"$lib/peermatch\"|" "$data/applications/peermatch.desktop"
ln -sf "$lib/peermatch" "$bin/peermatch"
lacking=$(ldd "$lib/_internal/PySide6/Qt/plugins/platforms/libqxcb.so" "$lib/_internal/PySide6/Qt/lib/libQt6Gui.so.6" |
    sed -n 's/^[[:space:]]*\(.*\) => not found$/\1/p' | sort -u | tr '\n' ' ')
if [ -n "$lacking" ]; then
    echo "PeerMatch is installed, but this computer lacks: $lacking"
    echo "Install the packages of your Linux that hold them. On Debian and Ubuntu:"
    echo "  sudo apt-get install libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libx11-xcb1 fonts-dejavu-core"
    exit 1
fi
"$lib/peermatch" --version
echo "Installed for you. Open it from the menu, or by: $bin/peermatch"
