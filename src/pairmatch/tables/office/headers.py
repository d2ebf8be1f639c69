"""Our names of the columns of a sheet, whatever its header calls them."""

from collections.abc import Collection, Sequence

from pairmatch.model.near_names import edits, nearest
from pairmatch.model.shown_names import may_be_shown
from pairmatch.tables.columns import meant_column
from pairmatch.tables.findings import Findings
from pairmatch.tables.office.vocabulary import Vocabulary, folded_name, without_brackets
from pairmatch.tables.schema import Schema

# shorter Chinese names are near to everything
_LEAST_FOR_A_SLIP = 4


def canonical_names(
    names: Sequence[str],
    schema: Schema,
    vocabulary: Vocabulary,
    findings: Findings,
    attributes: Collection[str] = (),
) -> tuple[str, ...]:
    """Return a name for each column, no two alike: ours, or the header as it is written.

    Two headers that mean one column, and one that is nearly a name of a column, are failures. A
    name that may mean several things means a column only where no other header does.

    Parameters
    ----------
    names
        The header of each column.
    attributes
        Headers that are kept as they are.
    """
    known = {column.name for column in schema.columns}
    meant = [
        None
        if name in attributes and name not in known
        else vocabulary.column_of(schema.name, name)
        for name in names
    ]
    certain = {
        mine
        for name, mine in zip(names, meant, strict=True)
        if mine is not None and not vocabulary.is_loose(schema.name, name)
    }
    found: list[str] = []
    first: dict[str, int] = {}
    for at, (name, mine) in enumerate(zip(names, meant, strict=True)):
        if mine in certain and vocabulary.is_loose(schema.name, name):
            mine = None  # noqa: PLW2901  # something else, such as the name of a unit beside its id
        elif mine is None and name not in attributes:
            mine = _nearly(name, schema, vocabulary, {*meant}, findings)  # noqa: PLW2901  # as above
        if mine in first:
            pair = tuple(_shown(names[one], one, vocabulary) for one in (first[mine], at))
            findings.table("bad_header.same", schema.name, mine, names=pair)
            findings.lost(schema.name, mine)
        elif mine is not None:
            first[mine] = at
            found.append(mine)
            continue
        found.append(_distinct(name, {*found, *known, *names[:at]}))
    return tuple(found)


def _nearly(
    name: str,
    schema: Schema,
    vocabulary: Vocabulary,
    there: Collection[str | None],
    findings: Findings,
) -> str | None:
    """Return the column that a header is nearly a name of, after reporting it."""
    known = [column.name for column in schema.columns]
    absent = [column for column in known if column not in there]
    if meant_column(name, known, [column for column in known if column in there]) is not None:
        # a name of ours, which is reported when the columns are sorted out
        return None
    short = folded_name(name)
    every = (*vocabulary.columns.values(), *vocabulary.loose.values())
    letters = frozenset("".join(one for names in every for one in names))
    near = [
        one
        for one, column in vocabulary.columns[schema.name].items()
        if column in absent and _is_near(short, one, letters)
    ]
    if not near:
        return None
    meant = vocabulary.columns[schema.name][near[0]]
    findings.table(
        "misspelt_column.synonym",
        schema.name,
        meant,
        given=_shown(name, None, vocabulary),
        meant=near[0],
        or_attribute="or_attribute" if schema.name in ("cadres", "recipients") else "",
    )
    findings.lost(schema.name, meant)
    return meant


def _is_near(short: str, known: str, letters: Collection[str]) -> bool:
    """Tell whether a name is one slip away from a known one.

    Chinese names are short, and most that differ in one character mean something else (单位类别,
    单位级别). A slip is a character that no name has, one written twice, or two exchanged.

    Parameters
    ----------
    letters
        All characters that names of columns have.
    """
    if known.isascii() or short.isascii():
        return known.isascii() and short.isascii() and nearest(short, [known]) is not None
    if min(len(short), len(known)) < _LEAST_FOR_A_SLIP or edits(short, known) != 1:
        return False
    if len(short) == len(known):
        unlike = [one for one, other in zip(short, known, strict=True) if one != other]
        return len(unlike) > 1 or unlike[0] not in letters
    doubled = {
        short[:at] + short[at + 1 :] for at in range(1, len(short)) if short[at] == short[at - 1]
    }
    return known in doubled


def _shown(name: str, at: int | None, vocabulary: Vocabulary) -> str:
    """Return a header as far as it may be shown, else its position, or nothing."""
    plain = without_brackets(name)
    if may_be_shown(plain) or _is_documented(plain, vocabulary):
        return plain
    return "" if at is None else f"#{at + 1}"


def _is_documented(name: str, words: Vocabulary) -> bool:
    short = folded_name(name)
    return any(short in names for names in (*words.columns.values(), *words.loose.values()))


def _distinct(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken, with a number behind it if need be."""
    number = 2
    free = name
    while free in taken:
        free = f"{name} ({number})"
        number += 1
    return free
