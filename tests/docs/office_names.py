"""``python -m tests.docs.office_names`` writes the names that offices use into their pages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pairmatch.tables.office.synonyms import COLUMNS, TABLE_ENDS, TABLES, Names
from pairmatch.tables.office.value_synonyms import VALUES
from tests.docs.markdown_tables import REFERENCE

PAGES = {"en": REFERENCE / "offices_files.md", "zh": REFERENCE / "offices_files.zh.md"}
_BEGIN, _END = "<!-- names -->\n", "<!-- end of names -->\n"
_HEADS = {
    "en": {
        "tables": "Names of tables",
        "ends": "Each may end in `list`, `table` or `data`, or in",
        "columns": "Names of the columns of {}",
        "values": "Names of values: {}",
        "names": ("ours", "Chinese", "English"),
        "loose": ("ours", "Chinese", "English", "also"),
    },
    "zh": {
        "tables": "表的写法",
        "ends": "后面可以加:",
        "columns": "{} 表各列的写法",
        "values": "值的写法:{}",
        "names": ("程序中的名称", "中文", "英文"),
        "loose": ("程序中的名称", "中文", "英文", "也可"),
    },
}
_KINDS = {
    "en": {kind: kind.replace("_", " ") for kind in VALUES},
    "zh": {
        "rank": "职级",
        "category": "类别",
        "unit_level": "单位级别",
        "area_level": "区划级别",
        "yes_no": "是否",
        "answer": "答复",
    },
}


def _rows(things: Mapping[str, Names], language: str, *, loose: bool) -> Iterator[str]:
    head = _HEADS[language]["loose" if loose else "names"]
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for name, names in things.items():
        groups = [names.chinese, names.english, *([names.loose] if loose else [])]
        cells = [", ".join(f"`{one}`" for one in group) for group in groups]
        yield f"| `{name}` | {' | '.join(cells)} |"
    yield ""


def _without_ends(names: Names) -> Names:
    """Return names without those that are another one with an ending."""
    ends = [end for end in (*TABLE_ENDS, "_list", "_table", "_data") if end]
    chinese, english = (
        tuple(
            one
            for one in group
            if not any(one.endswith(end) and one.removesuffix(end) in group for end in ends)
        )
        for group in (names.chinese, names.english)
    )
    return Names(chinese, english, names.loose)


def written(language: str) -> str:
    """Return the part of a page that has the names."""
    heads = _HEADS[language]
    ends = ", ".join(f"`{end}`" for end in TABLE_ENDS if end)
    lines = ["", f"## {heads['tables']}", "", f"{heads['ends']} {ends}", ""]
    short = {name: _without_ends(names) for name, names in TABLES.items()}
    lines += _rows(short, language, loose=False)
    for table, columns in COLUMNS.items():
        lines += [f"## {str(heads['columns']).format(table)}", ""]
        lines += _rows(columns, language, loose=True)
    for kind, values in VALUES.items():
        lines += [f"## {str(heads['values']).format(_KINDS[language][kind])}", ""]
        lines += _rows(values, language, loose=False)
    return "\n".join(lines)


def page(path: Path, language: str) -> str:
    """Return a page with the names that the code has."""
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    return before + _BEGIN + written(language) + _END + rest.partition(_END)[2]


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.write_text(page(path, language), encoding="utf-8")
