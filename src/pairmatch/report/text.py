"""The summary of a plan, as text and as Markdown."""

from collections.abc import Mapping
from typing import Any

from pairmatch.plan import Plan
from pairmatch.plan.work_of_a_year import CONTACTS, VISITS
from pairmatch.report.levels import levels_rows
from pairmatch.report.problem import notes_section, source_section
from pairmatch.report.sections import Section, markdown_of, text_of
from pairmatch.words import named, say
from pairmatch.words.layout import km

_WORK = ("contacts", "visits", "travel_m")


def summary_text(plan: Plan, language: str = "en") -> str:
    """Return what a plan amounts to, for a planner: no line is about one person.

    Parameters
    ----------
    plan
        Any plan, also one that was stopped.
    language
        Of `pairmatch.words.LANGUAGES`.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    return text_of(_sections(plan.summary(language), language))


def summary_markdown(summary: Mapping[str, Any], language: str = "en") -> str:
    """Return the same as a Markdown page.

    Parameters
    ----------
    summary
        What `Plan.summary` returns in that language.
    language
        Of `pairmatch.words.LANGUAGES`.
    """
    title = say("report.summary", language=language)
    return markdown_of(title, _sections(summary, language))


def _sections(summary: Mapping[str, Any], language: str) -> list[Section]:
    return [
        Section(lines=[say("report.status", summary, language)]),
        _people(summary, language),
        _work(summary["work_of_a_year"], language),
        _objective(summary, language),
        _proof(summary, language),
        _diagnosis(summary, language),
        notes_section(summary["notes"], language),
        source_section(summary["files"], summary["digest"], language),
        _effort(summary, language),
    ]


def _people(summary: Mapping[str, Any], language: str) -> Section:
    counts = ["cadres", "recipients", "pairs"]
    counts += [key for key in ("kept", "by_exception", "households_split") if summary[key]]
    rows = [
        (say(f"report.{key}", language=language), f"{summary[key]:,}")
        for key in (*counts, "missing")
    ]
    rows += [
        (f"  {named('reason_name', reason, language)}", f"{count:,}")
        for reason, count in summary["unmatched_by_reason"].items()
    ]
    by_priority = summary["missing_by_priority"]
    if len(by_priority) > 1:
        rows += [
            (say("report.at_priority", {"priority": priority}, language), f"{count:,}")
            for priority, count in by_priority.items()
        ]
    return Section(say("report.people", language=language), rows)


def _work(work: Mapping[str, Mapping[str, int]], language: str) -> Section:
    """Return the work of a year, and who has the most of it."""
    if not work["total"]["contacts"]:
        return Section()
    rows = [("", *(say(f"report.{name}", language=language) for name in _WORK))]
    rows += [
        (
            say(f"report.{who}", language=language),
            *(km(done[name]) if name == "travel_m" else f"{done[name]:,}" for name in _WORK),
        )
        for who, done in work.items()
    ]
    owed = {"contacts": CONTACTS, "visits": VISITS}
    return Section(say("report.work", owed, language), rows, has_header=True)


def _objective(summary: Mapping[str, Any], language: str) -> Section:
    terms = summary["objective_terms"].items()
    rows = [(named("term", name, language), km(value)) for name, value in terms if value]
    rows.append((say("report.in_all", language=language), km(summary["objective"])))
    return Section(say("report.objective", language=language), rows)


def _proof(summary: Mapping[str, Any], language: str) -> Section:
    scope = summary["scope"]
    what = say(f"report.{scope}", language=language)
    head = say("report.proof", {"scope": scope, "what": what}, language)
    return Section(head, levels_rows(summary["levels"], language), has_header=True)


def _diagnosis(summary: Mapping[str, Any], language: str) -> Section:
    found = summary["diagnosis"] or ""
    return Section(say("report.diagnosis", language=language), lines=found.splitlines())


def _effort(summary: Mapping[str, Any], language: str) -> Section:
    seconds = dict(summary["seconds"])
    compiling = seconds.pop("compile", 0.0)
    total = seconds.pop("total")
    parameters = {
        "total": total - compiling,
        "phases": tuple(
            say("report.stage", {"stage": name, "seconds": value}, language)
            for name, value in seconds.items()
        ),
        "memory": summary["peak_memory_mb"],
    }
    lines = [say("report.effort", parameters, language), say("report.sizes", summary, language)]
    if compiling:
        lines.append(say("report.compiling", {"seconds": compiling}, language))
    return Section(lines=lines)
