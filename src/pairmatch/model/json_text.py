"""Text of JSON, which is YAML: read as such in a tenth of the time.

Whatever might mean something else as YAML, or is wrong, is left to the reader of YAML, which says
what is wrong and in which line.
"""

import json
import re
from typing import Any

from pairmatch.model.documents import DocumentKind

# numbers that are numbers in the core schema of YAML as it is read here
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+(?:[eE][-+][0-9]+)?")
_LONGEST_VALUE = 1_000


def json_of(text: str, document: DocumentKind) -> dict[str, Any] | None:
    """Return what a text of JSON holds, None if it is none that is sure to mean the same as YAML.

    Parameters
    ----------
    text
        Of any kind.
    document
        How long it may be.
    """
    # an escape may be half of a character
    if not text.startswith("{") or len(text) > document.most_json or "\\u" in text:
        return None
    # nothing between two quotes is longer, so that no value without a quote in it is
    if max(map(len, text.split('"'))) > _LONGEST_VALUE:
        return None
    try:
        found: dict[str, Any] = json.loads(
            text, object_pairs_hook=_once, parse_float=_fraction, parse_constant=_refused
        )
    except (ValueError, RecursionError):
        return None
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a mapping; a name that is given twice is an error."""
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError
    return made


def _fraction(text: str) -> float:
    if not _FRACTION.fullmatch(text):
        raise ValueError
    return float(text)


def _refused(_text: str) -> float:
    raise ValueError
