"""The program's door: a command, or the window when there is none."""

import sys

from peermatch.app import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
