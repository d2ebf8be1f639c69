"""Limits of reading, as far as the command line names them."""

from argparse import Namespace
from typing import Any


def read_limits(arguments: Namespace) -> dict[str, Any]:
    """Return the limits that were given; the others are the library's."""
    limits = {"max_rows": arguments.max_rows, "max_bytes": arguments.max_bytes}
    return {name: limit for name, limit in limits.items() if limit is not None}
