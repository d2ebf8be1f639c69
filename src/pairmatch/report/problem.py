"""What checked tables hold, as text and as data."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.problem import Problem
from pairmatch.report.sections import Section, text_of
from pairmatch.tables.doubts.doubt import Doubt
from pairmatch.words import named, place, say, shown
from pairmatch.words.layout import aligned

_AREAS_SHOWN = 10


def problem_text(
    problem: Problem, language: str = "en", doubts: Sequence[Doubt] | None = None
) -> str:
    """Return what was read, and what the caller should know about it, for a planner.

    Parameters
    ----------
    problem
        The problem.
    language
        Of the text.
    doubts
        The problem's, if they are known.
    """
    doubts = problem.doubts() if doubts is None else doubts
    document = problem_document(problem, language, doubts)
    lines = [say("report.good", language=language), *_sizes(document, language)]
    sections = [
        notes_section(document["notes"], language),
        source_section(document["files"], document["digest"], language),
    ]
    lines += ["", text_of(sections)]
    if document["doubts"]:
        lines += ["", say("report.doubts", language=language)]
        lines += [doubt.text(language) for doubt in doubts]
    areas = document["areas_inheriting_a_point"]
    if areas:
        names = shown(areas, len(areas), _AREAS_SHOWN)
        lines += ["", say("report.inheriting", names, language)]
    return "\n".join(lines)


def problem_document(
    problem: Problem, language: str = "en", doubts: Sequence[Doubt] | None = None
) -> dict[str, Any]:
    """Return the same for programs; areas are listed in full."""
    doubts = problem.doubts() if doubts is None else doubts
    return {
        "tables": {name: table.num_rows for name, table in problem.tables().items()},
        "wanted": int(pc.sum(problem.recipients.column("demand")).as_py() or 0),
        "places": int(problem.capacity().sum()),
        "attributes": list(problem.attributes),
        "areas_inheriting_a_point": _areas_inheriting(problem),
        "doubts": [doubt.document(language) for doubt in doubts],
        "notes": [note.document(language) for note in problem.notes],
        "files": {"used": list(problem.files.used), "ignored": list(problem.files.ignored)},
        "digest": problem.digest(),
    }


def notes_section(notes: Sequence[Mapping[str, Any]], language: str = "en") -> Section:
    """Return a point for each note, which is a document."""
    lines = [_note(note, language) for note in notes]
    return Section(say("report.notes", language=language), lines=lines)


def source_section(
    files: Mapping[str, Sequence[str]], digest: str, language: str = "en"
) -> Section:
    """Return which files were read, and the digest of what was in them."""
    used = tuple(files["used"])
    read = [say("report.files", {"names": used}, language)] if used else []
    digest = say("report.digest", {"digest": digest}, language)
    return Section(say("report.read", language=language), lines=[*read, digest])


def _note(note: Mapping[str, Any], language: str) -> str:
    where = place(note["table"], note["column"], language)
    return say("report.note", {**note, "where": where}, language)


def _sizes(document: dict[str, Any], language: str) -> list[str]:
    tables = document["tables"].items()
    rows = [(named("table", name, language), f"{count:,}") for name, count in tables]
    rows += [
        (say(f"report.{name}", language=language), f"{document[name]:,}")
        for name in ("wanted", "places")
    ]
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
