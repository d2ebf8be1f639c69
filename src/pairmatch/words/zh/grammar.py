"""Numbers and names in a Chinese sentence, which knows neither plurals nor articles."""

from pairmatch.words.language import Value


def write(value: Value, how: str) -> str:
    """Return a value as a placeholder of a Chinese text wants it.

    ``{names:or}`` is one of several names. Anything else is as in Python: ``{count:,}``; the
    measure word stands in the text.
    """
    if how == "or" and isinstance(value, tuple):
        *others, last = map(str, value)
        return f"{'、'.join(others)} 或 {last} 之一" if others else last
    return format(value, how)
