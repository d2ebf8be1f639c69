"""Numbers and names in a sentence, as English wants them."""


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
    """Return a word after ``a``, or ``an`` where it begins with a vowel."""
    return f"{'an' if word[:1].lower() in set('aeiou') else 'a'} {word}"
