"""Tables of the synthetic province and of what may befall it."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pairmatch.model import Policy
from pairmatch.synth import Geometry, Province, generate_province

Tables = dict[str, Any]

VARIANTS = ("plain", "year two", "earthquake", "hard sponsorship", "unservable")
_UNSERVABLE = "nobody_may_help"


def province_tables(geometry: Geometry, scale: float, variant: str = "plain") -> Tables:
    """Return tables and policy, ready for ``Problem.from_tables``.

    Year two: 95 % of the recipients have a cadre already. Earthquake: the cadres of the county
    with the most of them lose half their capacity. Hard sponsorship: units serve only what they
    sponsor. Unservable: 2 % of the recipients are of a category that nobody may help.

    Raises
    ------
    ValueError
        If there is no such variant.
    """
    if variant not in VARIANTS:
        raise ValueError(f"no variant {variant!r}; there are {VARIANTS}")
    province = generate_province(scale, 0, geometry, 0.95 if variant == "year two" else 0.0)
    tables: Tables = {
        "cadres": province.cadres,
        "recipients": province.recipients,
        "units": province.units,
        "areas": province.areas,
        "current": province.current,
        "policy": province.policy,
    }
    if variant == "earthquake":
        tables["cadres"] = _halved(province)
    elif variant == "hard sponsorship":
        tables["policy"] = Policy.from_mapping({"sponsorship": {"mode": "require"}})
    elif variant == "unservable":
        tables["recipients"], tables["policy"] = _unservable(province)
    return tables


def _halved(province: Province) -> pa.Table:
    cadres, areas = province.cadres, province.areas
    parent = dict(
        zip(areas.column("area").to_pylist(), areas.column("parent").to_pylist(), strict=True)
    )
    level = dict(
        zip(areas.column("area").to_pylist(), areas.column("level").to_pylist(), strict=True)
    )
    home = dict(
        zip(
            province.units.column("unit_id").to_pylist(),
            province.units.column("area").to_pylist(),
            strict=True,
        )
    )

    def county(area: str | None) -> str | None:
        while area is not None and level[area] != "county":
            area = parent[area]
        return area

    of_unit = {unit: county(area) for unit, area in home.items()}
    counties = np.array(
        [of_unit[unit] or "" for unit in cadres.column("unit_id").to_pylist()], dtype=object
    )
    names, counts = np.unique(counties[counties != ""], return_counts=True)
    hit = counties == names[counts.argmax()]
    policy = province.policy
    before = [
        policy.capacity_of(rank) if capacity is None else capacity
        for rank, capacity in zip(
            cadres.column("rank").to_pylist(), cadres.column("capacity").to_pylist(), strict=True
        )
    ]
    after = np.where(hit, np.array(before) // 2, before)
    column = cadres.schema.get_field_index("capacity")
    return cadres.set_column(column, "capacity", pa.array(after, pa.int64()))


def _unservable(province: Province) -> tuple[pa.Table, Policy]:
    recipients, policy = province.recipients, province.policy
    # every fiftieth, in the order of the table
    chosen = pa.array(np.arange(recipients.num_rows) % 50 == 0)
    category = pc.if_else(chosen, _UNSERVABLE, recipients.column("category"))
    data = policy.model_dump(mode="json")
    data["categories"] = [*data["categories"], _UNSERVABLE]
    data["eligibility"] = [
        {"categories": [_UNSERVABLE], "verdict": "forbidden"},
        *data["eligibility"],
    ]
    column = recipients.schema.get_field_index("category")
    return recipients.set_column(column, "category", category), Policy.from_mapping(data)
