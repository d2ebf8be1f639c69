"""What came back, as text for a planner."""

from collections.abc import Mapping, Sequence
from typing import Any

from pairmatch.errors import Finding
from pairmatch.model.notes import Note
from pairmatch.words import Value, named, say
from pairmatch.words.layout import aligned

_FINDINGS_SHOWN = 40


def answers_text(
    summary: Mapping[str, Any], findings: Sequence[Finding], notes: Sequence[Note], language: str
) -> str:
    """Return counts, why pairs are open, and everything that needs a look.

    Parameters
    ----------
    summary
        As `Answers.summary` returns it.
    """
    rows = [
        (say("answers.files", language=language), f"{len(summary['files']):,}"),
        (say("answers.pairs", language=language), f"{summary['pairs']:,}"),
        (say("answers.confirmed", language=language), f"{summary['confirmed']:,}"),
    ]
    if summary["earlier"]:
        rows.append((say("answers.earlier", language=language), f"{summary['earlier']:,}"))
    rows.append((say("answers.rejected", language=language), f"{summary['rejected']:,}"))
    rows.append((say("answers.open", language=language), f"{summary['open']:,}"))
    rows += [
        (f"  {named('open_why', why, language)}", f"{count:,}")
        for why, count in summary["open_by_reason"].items()
    ]
    parts = [[say("answers.title", language=language), *aligned(rows)]]
    if findings:
        counts = tuple(
            say("finding.counted", {"code": code, "count": count}, language)
            for code, count in summary["findings_by_code"].items()
        )
        found: dict[str, Value] = {"count": len(findings), "counts": counts}
        lines = [say("answers.findings", found, language)]
        lines += [finding.text(language) for finding in findings[:_FINDINGS_SHOWN]]
        more = len(findings) - _FINDINGS_SHOWN
        if more > 0:
            lines.append(say("answers.more", {"count": more}, language))
        parts.append(lines)
    if notes:
        lines = [f"  {note.text(language)}" for note in notes[:_FINDINGS_SHOWN]]
        parts.append([say("answers.notes", language=language), *lines])
    return "\n\n".join("\n".join(lines) for lines in parts)
