"""Names of ours in English, where they are said: mostly as tables and documents have them."""

from collections.abc import Mapping

_SAME: Mapping[str, tuple[str, ...]] = {
    "rank": ("provincial", "bureau", "division", "section", "staff"),
    "category": ("orphan", "unattended_child", "severely_disabled", "destitute_household"),
    "area_level": ("province", "prefecture", "county", "township", "village"),
    "level": ("violation", "missing", "cost", "changed"),
    "term": (
        *("distance", "inherited", "locality", "sponsorship", "eligibility", "adjustment"),
        *("continuity", "load", "coverage"),
    ),
    "table": (
        *("cadres", "recipients", "units", "areas", "current", "locks", "bans", "adjustments"),
    ),
    "column": (
        *("cadre_id", "unit_id", "rank", "area", "lon", "lat", "capacity", "min_load"),
        *("recipient_id", "category", "household_id", "demand", "priority"),
        *("level", "lead_unit_id", "sponsors", "parent", "name"),
        *("reason", "author", "extra_km"),
    ),
    "cell": ("kept", "new", "yes", "no"),
    "bound_part": ("recipients", "cadres", "pairs"),
    "stage": (
        *("formulate", "classes", "coarse", "seed", "auction", "solve", "price", "first plan"),
        "plan",
    ),
}

_REASONS: Mapping[str, str] = {
    "no_eligible_cadre": "no eligible cadre",
    "out_of_reach": "out of reach",
    "banned": "banned",
    "stopped": "stopped",
    "cheaper_unserved": "cheaper unserved",
    "capacity_exhausted": "capacity exhausted",
}

NAMES: Mapping[str, Mapping[str, str]] = {
    **{part: {name: name for name in names} for part, names in _SAME.items()},
    "reason_name": _REASONS,
}
