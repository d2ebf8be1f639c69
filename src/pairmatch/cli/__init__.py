"""The command line: five commands, thin, one module each."""

from pairmatch.cli.main import main

__all__ = ["main"]
