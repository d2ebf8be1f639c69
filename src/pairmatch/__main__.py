"""``python -m pairmatch`` is the command ``pairmatch``."""

import sys

from pairmatch.cli import command

if __name__ == "__main__":
    sys.exit(command())
