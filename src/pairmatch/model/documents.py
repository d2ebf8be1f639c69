"""Kinds of texts of fields: how large they may be, and how their errors are told."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DocumentKind:
    """One kind of text.

    Attributes
    ----------
    code, table
        Of the findings about it.
    most_characters, most_nodes
        More is refused before anything is made of it.
    most_json
        Characters of a text of JSON, which takes a tenth of the time; 0 where JSON is read as YAML.
    core_schema
        Whether scalars are read by the core schema of YAML 1.2: ``007``, ``1:30`` and ``no`` are
        text there, as ids are.
    """

    code: str
    table: str
    most_characters: int
    most_nodes: int
    core_schema: bool = False
    most_json: int = 0


POLICY_TEXT = DocumentKind("bad_policy", "policy", 1_000_000, 10_000)
SCENARIO_TEXT = DocumentKind(
    "bad_edit", "scenario", 20_000_000, 500_000, core_schema=True, most_json=200_000_000
)
