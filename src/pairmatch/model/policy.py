"""The policy: everything that a planner may set."""

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from pairmatch.errors import Finding, InputError
from pairmatch.model.labels import LabelsPolicy
from pairmatch.model.levels import ObjectiveLevel, objective_levels
from pairmatch.model.policy_errors import policy_findings, wrong
from pairmatch.model.policy_text import Path as FieldPath
from pairmatch.model.policy_text import TextLines, read_file, read_text
from pairmatch.model.quoting_nothing import AS_GIVEN, QuotingNothing
from pairmatch.model.shown_names import listed
from pairmatch.model.wide_signs import read_as_meant

_METRES = Decimal(1000)


def exact_decimal(value: object) -> object:
    """Take a float by its shortest text, so that 0.1 is a tenth; a bool is not a number."""
    if isinstance(value, bool):
        raise wrong("bool")
    return Decimal(repr(value)) if isinstance(value, float) else value


def _no_bool(value: object) -> object:
    if isinstance(value, bool):
        raise wrong("bool")
    return value


def plain_number(value: Decimal) -> int | float:
    """Return a decimal as JSON writes numbers."""
    return int(value) if value == value.to_integral_value() else float(value)


Km = Annotated[
    Decimal,
    BeforeValidator(exact_decimal),
    Field(ge=0, le=100_000, decimal_places=3, allow_inf_nan=False),
    PlainSerializer(plain_number, return_type=int | float, when_used="json"),
]
Factor = Annotated[
    Decimal,
    BeforeValidator(exact_decimal),
    Field(gt=0, le=10, decimal_places=6, allow_inf_nan=False),
    PlainSerializer(plain_number, return_type=int | float, when_used="json"),
]
Capacity = Annotated[int, BeforeValidator(_no_bool), Field(ge=0, le=1_000_000)]


def metres(km: Decimal) -> int:
    """Return kilometres as metres, exactly: a kilometre number has at most three decimals."""
    return int(km * _METRES)


class _Part(QuotingNothing):
    """A part of the policy."""


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
        raise wrong("falling")
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
        raise wrong("order")
    return value


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names) or any(not name.strip() for name in names):
        raise wrong("repeated")
    return names


def _rule_of_known(rule: EligibilityRule, info: ValidationInfo) -> EligibilityRule:
    # a list that is itself wrong is not among the data, and then nothing can be said
    _all_known(rule.categories, info, "categories", "unknown_category")
    _all_known(rule.ranks or (), info, "ranks", "unknown_rank")
    return rule


def _load_of_known(load: LoadPolicy, info: ValidationInfo) -> LoadPolicy:
    _all_known(load.capacity_by_rank, info, "ranks", "unknown_rank")
    return load


def _labels_of_known(labels: LabelsPolicy, info: ValidationInfo) -> LabelsPolicy:
    _all_known(labels.ranks, info, "ranks", "unknown_rank")
    _all_known(labels.categories, info, "categories", "unknown_category")
    return labels


def _all_known(names: Iterable[str], info: ValidationInfo, among: str, kind: str) -> None:
    known = info.data.get(among)
    if known is not None and not set(names) <= set(known):
        raise wrong(kind, **listed(known))


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
    labels: Annotated[LabelsPolicy, AfterValidator(_labels_of_known)] = LabelsPolicy()
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

    @property
    def objective(self) -> tuple[ObjectiveLevel, ...]:
        """The levels of the objective, most important first."""
        return objective_levels(coverage_first=self.coverage.mode == "first")

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

        Full-width colons, commas, blanks and quotes are understood where YAML has its own.

        Raises
        ------
        InputError
            With every field that is wrong.
        """
        return cls.from_text(text)[0]

    @classmethod
    def from_text(cls, text: str) -> tuple["Policy", tuple[int, ...]]:
        """Read a policy from YAML, and tell in which lines full-width signs were read as plain.

        Raises
        ------
        InputError
            With every field that is wrong.
        """
        return read_as_meant(text, cls._from_plain_text)

    @classmethod
    def _from_plain_text(cls, text: str) -> "Policy":
        data = read_text(text)
        return cls._from_fields({} if data is None else data, TextLines(text).line_of)

    @classmethod
    def from_mapping(cls, data: object) -> "Policy":
        """Read a policy from a mapping of fields.

        Raises
        ------
        InputError
            With every field that is wrong.
        """
        return cls._from_fields(data, lambda _path: None)

    @classmethod
    def _from_fields(cls, data: object, line_of: Callable[[FieldPath], int | None]) -> "Policy":
        if not isinstance(data, Mapping):
            raise InputError([Finding("bad_policy.no_fields", "policy")])
        fields = {str(name): value for name, value in data.items()}
        try:
            return cls.model_validate(fields, context=AS_GIVEN)
        except ValidationError as error:
            findings = policy_findings(error, cls, fields, line_of)
        # out here, as the error has what was given in it and would hang on to this one
        raise InputError(findings)

    @classmethod
    def from_file(cls, path: str | Path) -> "Policy":
        """Read a policy from a .yaml, .yml or .json file.

        Raises
        ------
        InputError
            If the file cannot be read, or a field is wrong.
        """
        return cls.from_yaml(read_file(path))
