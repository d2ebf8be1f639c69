"""Numbers and nouns in an English sentence."""

from pairmatch.words.language import Value


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, in the plural unless it is 1.

    Parameters
    ----------
    count
        How many.
    noun
        In the singular.
    plural
        Where it is not the noun and an s.
    """
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def with_article(word: str) -> str:
    """Return a word after ``a``, or ``an`` where it begins with a vowel; None needs neither."""
    if word == "None":
        return word
    return f"{'an' if word[:1].lower() in set('aeiou') else 'a'} {word}"


def write(value: Value, how: str) -> str:
    """Return a value as a placeholder of an English text wants it.

    ``{count:cadre}`` and ``{count:cadre is|cadres are}`` are a number with its noun,
    ``{count:#row}`` is the noun alone, ``{given:a}`` a word with its article, ``{names:or}`` one
    of several names, ``{what:sentence}`` begins with a capital. Anything else is as in Python:
    ``{count:,}``.
    """
    if how == "sentence":
        text = str(value)
        return text[:1].upper() + text[1:]
    if how == "a":
        return with_article(str(value))
    if how == "or" and isinstance(value, tuple):
        *others, last = map(str, value)
        return f"one of {', '.join(others)} or {last}" if others else last
    if isinstance(value, int) and how[:1].isalpha():
        noun, _, plural = how.partition("|")
        return counted(value, noun, plural or None)
    if isinstance(value, int) and how.startswith("#"):
        noun, _, plural = how[1:].partition("|")
        return counted(value, noun, plural or None).partition(" ")[2]
    return format(value, how)
