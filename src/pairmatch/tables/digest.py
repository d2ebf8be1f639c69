"""One number that stands for a problem: where a plan comes from."""

import hashlib
import json
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.model.policy import Policy
from pairmatch.tables.positions import whole

# goes into every digest: another way of computing it must not give the same
_METHOD = "pairmatch problem 1"
_METHOD_OF_PLANS = "pairmatch plan 1"


def digest(tables: Mapping[str, pa.Table], policy: Policy) -> str:
    """Return the SHA-256 of canonical tables, sorted by id, and of the policy.

    Parameters
    ----------
    tables
        As `Problem.tables` returns them; neither their order nor that of their columns counts.
    policy
        Its labels do not count: they change no plan.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    total = hashlib.sha256(_METHOD.encode())
    rules = json.dumps(json.loads(policy.model_dump_json(exclude={"labels"})), sort_keys=True)
    total.update(rules.encode())
    for name in sorted(tables):
        for column in sorted(tables[name].column_names):
            values = whole(tables[name].column(column))
            head = [name, column, str(values.type), len(values)]
            total.update(json.dumps(head).encode())
            _add(total, values)
    return total.hexdigest()


def digest_of_pairs(of_problem: str, pairs: pa.Table) -> str:
    """Return the SHA-256 of a plan: the digest of its problem, and who serves whom.

    Parameters
    ----------
    of_problem
        What `digest` returns.
    pairs
        Arrow, with recipient_id and cadre_id, sorted by recipient, then cadre.
    """
    total = hashlib.sha256(f"{_METHOD_OF_PLANS} {of_problem}".encode())
    for name in ("recipient_id", "cadre_id"):
        _add(total, whole(pairs.column(name)))
    return total.hexdigest()


def _add(total: "hashlib._Hash", values: pa.Array) -> None:
    """Add a column: which cells are empty, then what the others hold."""
    total.update(np.packbits(values.is_valid().to_numpy(zero_copy_only=False)).tobytes())
    kind = values.type
    if pa.types.is_list(kind):
        filled = pc.fill_null(pc.list_value_length(values), 0)
        total.update(filled.to_numpy().astype("<i4"))
        _add(total, pc.list_flatten(values))
    elif pa.types.is_string(kind):
        filled = pc.fill_null(values, "") if values.null_count else values
        total.update(pc.binary_length(filled).to_numpy().astype("<i4"))
        every = pa.ListArray.from_arrays([0, len(filled)], filled)
        total.update(pc.binary_join(every, "")[0].as_buffer())
    elif pa.types.is_floating(kind):
        # there is one zero
        total.update(pc.fill_null(values, 0.0).to_numpy().astype("<f8") + 0.0)
    else:
        total.update(pc.fill_null(values, 0).to_numpy().astype("<i8"))
