from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

import pairmatch as pm
from pairmatch.report.sections import Section, markdown_of, text_of
from pairmatch.report.text import summary_markdown
from tests.report.test_text import small

# characters that mean something in Markdown, and lines that begin like something else
HOSTILE = [
    *("*a* _b_ __c__ `d` ~~e~~", "<b>f</b> &amp; <http://g.h>", "[i](j) ![k](l) | m \\| n"),
    *("# heading", "- point", "+ point", "1. first", "12) twelfth", "---", "> quoted", "\\*", "|"),
    *("severely_disabled 3.0 s (x_y)", "0.0 s", "-5 km"),
]


def read(page: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)


def plain(tokens: list[Token]) -> list[str]:
    """Return what a reader of the page sees, block by block; there is no mark in any of them."""
    seen = []
    for token in tokens:
        assert token.type not in ("html_block", "blockquote_open", "hr", "ordered_list_open")
        if token.type == "inline":
            kinds = {child.type for child in token.children or []}
            assert kinds <= {"text", "text_special"}
            seen.append("".join(child.content for child in token.children or []))
    return seen


def test_text_has_a_table_and_points_below_a_title() -> None:
    sections = [
        Section(lines=["a", "b"]),
        Section("empty"),
        Section("t", [("x", "1"), ("  y", "22")], lines=["z"]),
    ]
    assert text_of(sections) == "a\nb\n\nt\n  x     1\n    y  22\n  z"


def test_markdown_has_them_as_well() -> None:
    sections = [
        Section(lines=["a", "b"]),
        Section("empty"),
        Section("t", [("h", "n"), ("x", "1"), ("  y", "22")], has_header=True, lines=["z"]),
    ]
    assert markdown_of("top", sections) == (
        "# top\n\na\n\nb\n\n## t\n\n"
        "| h   |   n |\n| --- | --: |\n| x   |   1 |\n| \u00a0\u00a0y |  22 |\n\n- z"
    )


def test_whatever_is_in_a_cell_or_line_is_read_as_it_was_written() -> None:
    rows = [(text, text) for text in HOSTILE]
    sections = [Section(lines=HOSTILE), *(Section(one, rows, lines=HOSTILE) for one in HOSTILE)]
    one = [*HOSTILE, *(cell for row in rows for cell in row)]
    headers = ["", ""]
    seen = ["top", *HOSTILE]
    for title in HOSTILE:
        seen += [title, *headers, *one[len(HOSTILE) :], *HOSTILE]
    assert plain(read(markdown_of("top", sections))) == seen


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("recipients", [2, 4])
def test_the_page_of_a_plan_says_what_its_text_says(recipients: int, language: str) -> None:
    labels = {"categories": {"orphan": {"zh": "孤儿|*甲*", "en": "orphan | *A*"}}}
    plan = pm.solve(small(recipients, labels=labels))
    # the memory at peak may grow between two looks
    plan = replace(plan, stats=replace(plan.stats, peak_memory_mb=1.0))
    tokens = read(summary_markdown(plan.summary(language), language))
    title, *seen = plain(tokens)
    assert title == {"en": "Summary of the plan", "zh": "方案摘要"}[language]
    assert " ".join(seen).split() == plan.text(language).split()
    tables = sum(token.type == "table_open" for token in tokens)
    assert tables == 4
