"""A title where the names of columns should be."""

import re
from collections.abc import Sequence

from pairmatch.model.near_names import is_same_but_for_dress
from pairmatch.tables.findings import Findings
from pairmatch.tables.schema import Schema

# how pandas calls a column without a name
_UNNAMED = re.compile(r"Unnamed: [0-9]+")


def refuse_title(names: Sequence[str], schema: Schema, findings: Findings) -> bool:
    """Report a header that has one name only, which is no name of a column; tell whether it is so.

    What would follow from it, such as rows with more cells than that header, is not reported.
    """
    told = [name for name in names if name.strip() and not _UNNAMED.fullmatch(name)]
    if len(told) != 1 or any(is_same_but_for_dress(told[0], one.name) for one in schema.columns):
        return False
    ragged = [
        one for one in findings.found if one.code == "ragged_row" and one.table == schema.name
    ]
    if len(names) == 1 and not ragged:
        return False
    findings.found = [one for one in findings.found if one not in ragged]
    findings.table("bad_header.title", schema.name)
    return True
