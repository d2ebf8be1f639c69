"""Columns that a table should not have: nearly a known one, or of no use."""

from collections.abc import Collection, Sequence

from pairmatch.model.near_names import folded, is_same_but_for_dress, nearest
from pairmatch.model.shown_names import may_be_shown
from pairmatch.tables.findings import Findings
from pairmatch.tables.personal_columns import is_personal_column
from pairmatch.tables.schema import Schema

# what people write for columns whose names are too short to be misspelt
_OTHER_NAMES = {"longitude": "lon", "lng": "lon", "long": "lon", "latitude": "lat"}
_LONGEST_QUOTED = 40


def sort_out_columns(
    names: Sequence[str], schema: Schema, attributes: Collection[str], findings: Findings
) -> frozenset[str]:
    """Report columns that are nearly a known one, and note those that are dropped.

    Parameters
    ----------
    names
        Of the columns, as they were given.
    attributes
        Names of further columns that are kept.

    Returns
    -------
    frozenset of str
        The known columns that were given under another name: nothing more is to be said of them.
    """
    known = [column.name for column in schema.columns]
    unknown = [name for name in names if name not in known and name not in attributes]
    misspelt: set[str] = set()
    dropped: list[str] = []
    for name in unknown:
        meant = meant_column(name, known, names)
        if meant is None:
            shown = may_be_shown(name) and not is_personal_column(name)
            dropped.append(name if shown else f"#{names.index(name) + 1}")
            continue
        misspelt.add(meant)
        findings.lost(schema.name, meant)
        _report(name, meant, schema, findings, is_there=meant in names)
    if dropped:
        findings.note("dropped_column", schema.name, count=len(dropped), names=dropped)
    return frozenset(misspelt)


def meant_column(name: str, known: Sequence[str], given: Sequence[str]) -> str | None:
    """Return the known column that a name of ours stands for: in another dress, or misspelt.

    A slip is one only where the column itself is not there.
    """
    for one in known:
        if is_same_but_for_dress(name, one):
            return one
    absent = [one for one in known if one not in given]
    other = _OTHER_NAMES.get(folded(name))
    return other if other in absent else nearest(name, absent)


def _report(name: str, meant: str, schema: Schema, findings: Findings, *, is_there: bool) -> None:
    findings.table(
        "misspelt_column.beside" if is_there else "misspelt_column",
        schema.name,
        meant,
        given=name if len(name) <= _LONGEST_QUOTED else "",
        meant=meant,
        or_attribute="or_attribute" if schema.name in ("cadres", "recipients") else "",
    )
