"""The policy: everything that a planner may set."""

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    model_validator,
)

from pairmatch.model.errors import Finding, InputError

_METRES = Decimal(1000)


def _decimal(value: object) -> object:
    """Take a float by its shortest text, so that 0.1 is a tenth; a bool is not a number."""
    if isinstance(value, bool):
        raise ValueError("a number is needed, not true or false")  # noqa: TRY004  # pydantic wants it
    return Decimal(repr(value)) if isinstance(value, float) else value


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


Km = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(ge=0, le=100_000, decimal_places=3, allow_inf_nan=False),
    PlainSerializer(_plain, return_type=int | float, when_used="json"),
]
Factor = Annotated[
    Decimal,
    BeforeValidator(_decimal),
    Field(gt=0, le=10, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(_plain, return_type=int | float, when_used="json"),
]
Capacity = Annotated[int, Field(ge=0, le=1_000_000)]


def metres(km: Decimal) -> int:
    """Return kilometres as metres, exactly: a kilometre number has at most three decimals."""
    return int(km * _METRES)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EligibilityRule(_Part):
    """Who may help whom; the first rule that fits a pair holds.

    ``ranks`` None means every rank. ``preferred`` and ``allowed`` pairs cost ``penalty_km`` more;
    pairs that are merely ``allowed`` are counted in the summary.
    """

    categories: tuple[str, ...]
    ranks: tuple[str, ...] | None = None
    verdict: Literal["preferred", "allowed", "forbidden"]
    penalty_km: Km = Decimal(0)


class DistancePolicy(_Part):
    """Distances: straight line times ``detour``, at most ``max_km``."""

    detour: Factor = Decimal("1.3")
    max_km: Km | None = None
    inherited_km: Km = Decimal(10)


class LocalityPolicy(_Part):
    """Extra kilometres by the level of the lowest area that holds both."""

    village: Km = Decimal(0)
    township: Km = Decimal(0)
    county: Km = Decimal(10)
    prefecture: Km = Decimal(40)
    province: Km = Decimal(80)
    above: Km = Decimal(200)


class SponsorshipPolicy(_Part):
    """What it means that a unit sponsors areas."""

    mode: Literal["prefer", "require", "ignore"] = "prefer"
    outside_km: Km = Decimal(150)


class LoadPolicy(_Part):
    """How many recipients a cadre may have, and what each one adds."""

    default_capacity: Capacity = 2
    capacity_by_rank: dict[str, Capacity] = Field(default_factory=dict)
    marginal_km: Annotated[tuple[Km, ...], Field(min_length=1)] = (
        Decimal(0),
        Decimal(15),
        Decimal(45),
        Decimal(90),
    )

    @model_validator(mode="after")
    def _never_falling(self) -> "LoadPolicy":
        if any(b < a for a, b in zip(self.marginal_km, self.marginal_km[1:], strict=False)):
            raise ValueError("marginal_km must never fall: each further recipient adds as much")
        return self


class CoveragePolicy(_Part):
    """``first``: as many as can be, before any cost. ``priced``: one left out costs this much."""

    mode: Literal["first", "priced"] = "first"
    price_km: Km = Decimal(1000)


class ContinuityPolicy(_Part):
    """What keeping a current pair saves."""

    keep_km: Km = Decimal(50)


_CHILDREN = ("orphan", "unattended_child")
_LEADERS = ("provincial", "bureau", "division")


class Policy(_Part):
    """Everything that a planner may set; kilometres are decimals, exact to the metre."""

    schema_version: Literal[1] = 1
    ranks: Annotated[tuple[str, ...], Field(min_length=1)] = (*_LEADERS, "section", "staff")
    categories: Annotated[tuple[str, ...], Field(min_length=1)] = (
        *_CHILDREN,
        "severely_disabled",
        "destitute_household",
    )
    eligibility: tuple[EligibilityRule, ...] = ()
    distance: DistancePolicy = DistancePolicy()
    locality: LocalityPolicy = LocalityPolicy()
    sponsorship: SponsorshipPolicy = SponsorshipPolicy()
    load: LoadPolicy = LoadPolicy()
    coverage: CoveragePolicy = CoveragePolicy()
    continuity: ContinuityPolicy = ContinuityPolicy()

    @model_validator(mode="before")
    @classmethod
    def _default_eligibility(cls, data: Any) -> Any:
        """Give the default rules, cut to the ranks and categories that the policy has."""
        if not isinstance(data, Mapping) or "eligibility" in data:
            return data
        fields = cls.model_fields
        categories = data.get("categories", fields["categories"].default)
        ranks = data.get("ranks", fields["ranks"].default)
        children = [name for name in _CHILDREN if name in categories]
        leaders = [name for name in _LEADERS if name in ranks]
        rules: list[dict[str, object]] = []
        if children and leaders:
            rules.append({"categories": children, "ranks": leaders, "verdict": "preferred"})
        if children:
            rules.append({"categories": children, "verdict": "allowed", "penalty_km": 60})
        return {**data, "eligibility": rules}

    @model_validator(mode="after")
    def _names_exist(self) -> "Policy":
        for name in ("ranks", "categories"):
            values = getattr(self, name)
            if len(set(values)) != len(values) or "" in values:
                raise ValueError(f"{name} must be distinct and not empty")
        for position, rule in enumerate(self.eligibility):
            if set(rule.categories) - set(self.categories):
                raise ValueError(f"eligibility rule {position} names a category that is not listed")
            if rule.ranks is not None and set(rule.ranks) - set(self.ranks):
                raise ValueError(f"eligibility rule {position} names a rank that is not listed")
        if set(self.load.capacity_by_rank) - set(self.ranks):
            raise ValueError("load.capacity_by_rank names a rank that is not listed")
        return self

    def capacity_of(self, rank: str) -> int:
        """Return the capacity of a cadre of a rank who has none of its own."""
        return self.load.capacity_by_rank.get(rank, self.load.default_capacity)

    def to_yaml(self) -> str:
        """Return the policy as YAML that `from_yaml` reads back."""
        data = json.loads(self.model_dump_json())
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)

    @classmethod
    def from_yaml(cls, text: str) -> "Policy":
        """Read a policy from YAML (or JSON, which is YAML).

        Raises
        ------
        InputError
            With every field that is wrong.
        """
        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f" at line {mark.line + 1}" if mark is not None else ""
            raise InputError([_finding(None, f"text that is not YAML{line}")]) from None
        return cls.from_mapping({} if data is None else data)

    @classmethod
    def from_mapping(cls, data: object) -> "Policy":
        """Read a policy from a mapping of fields.

        Raises
        ------
        InputError
            With every field that is wrong.
        """
        if not isinstance(data, Mapping):
            raise InputError([_finding(None, "something that is not a mapping of fields")])
        try:
            return cls.model_validate(dict(data))
        except ValidationError as error:
            raise InputError(
                [
                    _finding(".".join(str(part) for part in item["loc"]) or None, item["msg"])
                    for item in error.errors(include_url=False, include_input=False)
                ]
            ) from None

    @classmethod
    def from_file(cls, path: str | Path) -> "Policy":
        """Read a policy from a .yaml, .yml or .json file.

        Raises
        ------
        InputError
            If the file cannot be read, or a field is wrong.
        """
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            kind = "no such file" if isinstance(error, FileNotFoundError) else "an unreadable file"
            raise InputError([_finding(None, kind, code="unreadable_file")]) from None
        return cls.from_yaml(text)


def _finding(column: str | None, found: str, code: str = "bad_policy") -> Finding:
    return Finding(
        code=code,
        table="policy",
        column=column,
        found=found,
        advice="see the page on the policy for its fields, their types and defaults",
    )
