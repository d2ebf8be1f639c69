"""English words in Chinese texts, but for names of ours and of others that stay as they are."""

import re
from functools import cache
from string import Formatter

from pairmatch.cli.parser import build_parser
from pairmatch.model import Policy, Status
from pairmatch.model.edits import Scenario
from pairmatch.model.reasons import REASONS
from pairmatch.proof import Scope
from pairmatch.tables.schema import SCHEMAS

_HELP = build_parser().format_help()
# a name in percent signs is argparse's
_WORD = re.compile(r"%\(\w+\)s|[A-Za-z][A-Za-z0-9_]*")
# words with a blank between them: what is joined by points or lines is a name
_RUN = re.compile(r"[A-Za-z][\w.'’-]*(?:[,;:.]? [A-Za-z][\w.'’-]*)+", re.ASCII)
# with a digit it is an id
# a command to run, with names of files that may be anything
_COMMAND_LINE = re.compile(r"pairmatch [a-z\-]+ [^\n]*")
_LETTERS = re.compile(r"(?<!\w)[A-Za-z_]{2,}(?!\w)", re.ASCII)
# of formats, programs, standards and units
_OF_OTHERS = (
    r"Arrow|CSV|Feather|GiB|JSON|MB|NUMBA_CACHE_DIR|NaN|Parquet|UTF|Unicode|WGS84|YAML|csv|feather|"
    r"GB18030|engine|excel|fastexcel|gzip|km|ods|parquet|xls|xlsx|yaml|yml|json|matplotlib|zip|zstd|"
    # what a spreadsheet writes: #N/A, 6.2E+11, TRUE
    r"N|A|E|TRUE|FALSE"
)
# of the Python interface, of commands and options, and of values of policies
_OF_OURS = (
    r"auto|codes|drop|en|fail|household|o|point|report|zh|"
    r"Event|None|Plan|Policy|Problem|ThreadPoolExecutor|Tuning|attributes|change_km|check|concurrent|"
    r"diff|findings|force|from_file|from_mapping|from_tables|futures|ignore|is_set|load|max_bytes|"
    r"max_rows|most_changes|only|op|pairmatch|prefer|problem|solve|start|strict|threading|verify|with"
)


@cache
def names() -> frozenset[str]:
    """Return words that are names: they are the same in every language."""
    documents = str(Policy.model_json_schema()) + str(Scenario.model_json_schema())
    fields = set(re.findall(r"'([a-z_]+)': \{", documents))
    columns = {column.name for schema in SCHEMAS for column in schema.columns}
    commands = re.findall(r"[a-z]+", "".join(re.findall(r"^    ([a-z-]+ )", _HELP, re.MULTILINE)))
    codes = {
        *commands,
        *(schema.name for schema in SCHEMAS),
        *map(str, Status),
        *map(str, Scope),
        *REASONS,
    }
    return frozenset({*fields, *columns, *codes, *_OF_OTHERS.split("|"), *_OF_OURS.split("|")})


def english_in(text: str) -> list[str]:
    """Return the words of a text of the catalogue that are no names."""
    said = " ".join(literal for literal, _, _, _ in Formatter().parse(text))
    known = names()
    return [word for word in _WORD.findall(said) if word[0] != "%" and word not in known]


def english_runs(screen: str) -> list[str]:
    """Return two or more English words in a row, of which one is no name, on a screen."""
    known = names()
    return [
        run
        for run in _RUN.findall(_COMMAND_LINE.sub("", screen))
        if any(word not in known for word in _LETTERS.findall(run))
    ]
