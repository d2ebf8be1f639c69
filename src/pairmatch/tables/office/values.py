"""tmp."""

from typing import Any


def mended(table: Any, schema: Any, vocabulary: Any, findings: Any, lost: Any) -> Any:  # noqa
    return table
