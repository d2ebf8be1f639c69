"""What checked tables hold, as text and as data."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.problem import Problem
from pairmatch.report.table import aligned

_AREAS_SHOWN = 10


def problem_text(problem: Problem) -> str:
    """Return what was read, and what the caller should know about it, for a planner."""
    document = problem_document(problem)
    lines = ["The tables are good.", *_sizes(document)]
    for part in (notes_text(document["notes"]), source_text(document["files"], document["digest"])):
        lines += ["", *part] if part else []
    areas = document["areas_inheriting_a_point"]
    if areas:
        more = len(areas) - _AREAS_SHOWN
        shown = ", ".join(areas[:_AREAS_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
        lines += ["", f"Areas with people that use the point of an area above: {shown}"]
    return "\n".join(lines)


def problem_document(problem: Problem) -> dict[str, Any]:
    """Return the same for programs; areas are listed in full."""
    return {
        "tables": {name: table.num_rows for name, table in problem.tables().items()},
        "wanted": int(pc.sum(problem.recipients.column("demand")).as_py() or 0),
        "places": int(problem.capacity().sum()),
        "attributes": list(problem.attributes),
        "areas_inheriting_a_point": _areas_inheriting(problem),
        "notes": [note.document() for note in problem.notes],
        "files": {"used": list(problem.files.used), "ignored": list(problem.files.ignored)},
        "digest": problem.digest(),
    }


def notes_text(notes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return lines for notes as documents, or none if there are none."""
    return ["Notes", *(_note(note) for note in notes)] if notes else []


def source_text(files: Mapping[str, Sequence[str]], digest: str) -> list[str]:
    """Return lines that say which files were read, and the digest of what was in them."""
    read = [f"  files: {', '.join(files['used'])}"] if files["used"] else []
    return ["Read", *read, f"  digest: {digest}"]


def _note(note: Mapping[str, Any]) -> str:
    where = f"{note['table']}.{note['column']}" if note["column"] else note["table"]
    return f"  {where}: {note['text']} ({note['code']})"


def _sizes(document: dict[str, Any]) -> list[str]:
    rows = [(name, f"{count:,}") for name, count in document["tables"].items()]
    rows.append(("cadres wanted in all", f"{document['wanted']:,}"))
    rows.append(("places in all", f"{document['places']:,}"))
    return aligned(rows)


def _areas_inheriting(problem: Problem) -> list[str]:
    """Return the areas without a point in which somebody without a point lives or works."""
    areas = problem.areas
    pointless = areas.filter(areas.column("lon").is_null()).column("area")
    if not len(pointless) or any(note.code == "no_distances" for note in problem.notes):
        return []
    homes = pa.chunked_array(
        [
            chunk
            for table in (problem.cadres, problem.recipients)
            for chunk in table.filter(table.column("lon").is_null()).column("area").chunks
        ],
        pa.string(),
    )
    used = pc.unique(homes)
    found = used.filter(pc.is_in(used, value_set=pointless.combine_chunks()))
    return sorted(code for code in found.to_pylist() if code is not None)
