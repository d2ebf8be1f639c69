"""The policy: everything that a planner may set."""

import json
from collections.abc import Hashable, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from pairmatch.errors import Finding, InputError

_METRES = Decimal(1000)


def _decimal(value: object) -> object:
    """Take a float by its shortest text, so that 0.1 is a tenth; a bool is not a number."""
    if isinstance(value, bool):
        raise ValueError("a number is needed, not true or false")  # noqa: TRY004  # pydantic wants it
    return Decimal(repr(value)) if isinstance(value, float) else value


def _no_bool(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("a whole number is needed, not true or false")  # noqa: TRY004  # as above
    return value


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
Capacity = Annotated[int, BeforeValidator(_no_bool), Field(ge=0, le=1_000_000)]


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


def _never_falling(steps: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if any(after < before for before, after in pairwise(steps)):
        raise ValueError("must never fall: each further recipient adds as much or more")
    return steps


class LoadPolicy(_Part):
    """How many recipients a cadre may have, and what each one adds."""

    default_capacity: Capacity = 2
    capacity_by_rank: dict[str, Capacity] = Field(default_factory=dict)
    marginal_km: Annotated[tuple[Km, ...], Field(min_length=1), AfterValidator(_never_falling)] = (
        Decimal(0),
        Decimal(15),
        Decimal(45),
        Decimal(90),
    )


class CoveragePolicy(_Part):
    """``first``: as many as can be, before any cost. ``priced``: one left out costs this much."""

    mode: Literal["first", "priced"] = "first"
    price_km: Km = Decimal(1000)


class ContinuityPolicy(_Part):
    """What keeping a current pair saves."""

    keep_km: Km = Decimal(50)


_CHILDREN = ("orphan", "unattended_child")
_LEADERS = ("provincial", "bureau", "division")


def _in_order(value: object) -> object:
    if isinstance(value, set | frozenset):
        raise ValueError("a list is needed: a set has no order")  # noqa: TRY004  # as above
    return value


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names) or any(not name.strip() for name in names):
        raise ValueError("names must be distinct and not empty")
    return names


def _rule_of_known(rule: EligibilityRule, info: ValidationInfo) -> EligibilityRule:
    # a list that is itself wrong is not among the data, and then nothing can be said
    known = info.data
    if not set(rule.categories) <= set(known.get("categories", rule.categories)):
        raise ValueError("names a category that is not among the policy's categories")
    if rule.ranks is not None and not set(rule.ranks) <= set(known.get("ranks", rule.ranks)):
        raise ValueError("names a rank that is not among the policy's ranks")
    return rule


def _load_of_known(load: LoadPolicy, info: ValidationInfo) -> LoadPolicy:
    if not set(load.capacity_by_rank) <= set(info.data.get("ranks", load.capacity_by_rank)):
        raise ValueError("capacity_by_rank names a rank that is not among the policy's ranks")
    return load


Names = Annotated[
    tuple[str, ...], BeforeValidator(_in_order), Field(min_length=1), AfterValidator(_distinct)
]


class Policy(_Part):
    """Everything that a planner may set; kilometres are decimals, exact to the metre."""

    schema_version: Literal[1] = 1
    ranks: Names = (*_LEADERS, "section", "staff")
    categories: Names = (
        *_CHILDREN,
        "severely_disabled",
        "destitute_household",
    )
    eligibility: tuple[Annotated[EligibilityRule, AfterValidator(_rule_of_known)], ...] = ()
    distance: DistancePolicy = DistancePolicy()
    locality: LocalityPolicy = LocalityPolicy()
    sponsorship: SponsorshipPolicy = SponsorshipPolicy()
    load: Annotated[LoadPolicy, AfterValidator(_load_of_known)] = LoadPolicy()
    coverage: CoveragePolicy = CoveragePolicy()
    continuity: ContinuityPolicy = ContinuityPolicy()

    @model_validator(mode="before")
    @classmethod
    def _default_eligibility(cls, data: Any) -> Any:
        """Give the default rules, cut to the ranks and categories that the policy has."""
        if not isinstance(data, Mapping) or "eligibility" in data:
            return data
        categories, ranks = (
            data.get(name, cls.model_fields[name].default) for name in ("categories", "ranks")
        )
        if not all(isinstance(names, list | tuple) for names in (categories, ranks)):
            return data
        children = [name for name in _CHILDREN if name in categories]
        leaders = [name for name in _LEADERS if name in ranks]
        rules: list[dict[str, object]] = []
        if children and leaders:
            rules.append({"categories": children, "ranks": leaders, "verdict": "preferred"})
        if children:
            rules.append({"categories": children, "verdict": "allowed", "penalty_km": 60})
        return {**data, "eligibility": rules}

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
            data = yaml.load(text, _OnceOnly)  # noqa: S506  # a safe loader
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = f" at line {mark.line + 1}" if mark is not None else ""
            raise InputError(
                [
                    _finding(
                        "bad_policy", None, f"text that is not YAML, or a field given twice{line}"
                    )
                ]
            ) from None
        except (ValueError, RecursionError):
            # dates that do not exist, and brackets without end
            raise InputError([_finding("bad_policy", None, "text that is not YAML")]) from None
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
            raise InputError(
                [_finding("bad_policy", None, "something that is not a mapping of fields")]
            )
        try:
            return cls.model_validate({str(name): value for name, value in data.items()})
        except ValidationError as error:
            raise InputError(
                [
                    _finding(
                        "bad_policy",
                        ".".join(str(part) for part in item["loc"]) or None,
                        item["msg"].removeprefix("Value error, "),
                    )
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
        except (OSError, ValueError) as error:
            kind = "no such file" if isinstance(error, FileNotFoundError) else "an unreadable file"
            raise InputError([_finding("unreadable_file", None, kind)]) from None
        return cls.from_yaml(text)


class _OnceOnly(yaml.SafeLoader):
    """YAML in which a field that is given twice is an error: the first would go unseen."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  # the signature is yaml's
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for name in names:
            if names.count(name) > 1:
                raise yaml.constructor.ConstructorError(
                    problem="a field given twice", problem_mark=node.start_mark
                )
        return super().construct_mapping(node, deep)


def _finding(code: str, column: str | None, found: str) -> Finding:
    return Finding(
        code=code,
        table="policy",
        column=column,
        found=found,
        advice="see the page on the policy for its fields, their types and defaults",
    )
