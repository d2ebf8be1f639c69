"""tmp."""

from typing import Any


def canonical_names(names: Any, schema: Any, vocabulary: Any, findings: Any) -> Any:  # noqa
    return tuple(vocabulary.column_of(schema.name, n) or n for n in names)
