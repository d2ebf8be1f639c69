"""Edits applied by hand to tables of plain rows, and random edits: nothing of the engine's."""

import json
from collections import Counter
from typing import Any

import numpy as np

from pairmatch import Policy, Problem

KEYS = {"cadres": "cadre_id", "recipients": "recipient_id", "units": "unit_id", "areas": "area"}
PAIRS = ("current", "locks", "bans", "adjustments")
Row = dict[str, Any]
Edit = dict[str, Any]


class WrongError(Exception):
    """An edit that must be refused."""


class ByHand:
    """Tables as lists of rows, the policy as plain data, and what went along with removals."""

    def __init__(self, problem: Problem) -> None:
        given = problem.tables()
        self.tables: dict[str, list[Row]] = {
            name: table.to_pylist() for name, table in given.items()
        }
        self.columns = {name: table.column_names for name, table in given.items()}
        self.policy = json.loads(problem.policy.model_dump_json())
        self.attributes = problem.attributes
        self.counts: Counter[tuple[str, str, str | None]] = Counter()

    def problem(self) -> Problem:
        """Return the problem that the tables make."""
        tables: dict[str, Any] = {"cadres": None, "recipients": None}
        for name, rows in self.tables.items():
            names = dict.fromkeys(self.columns.get(name, ()))
            names.update(dict.fromkeys(column for row in rows for column in row))
            if rows or name not in PAIRS:
                tables[name] = {column: [row.get(column) for row in rows] for column in names}
        return Problem.from_tables(**tables, policy=self.policy, attributes=self.attributes)

    def rows(self, name: str) -> list[Row]:
        return self.tables.setdefault(name, [])

    def ids(self, name: str) -> set[str]:
        return {row[KEYS[name]] for row in self.tables.get(name, [])}

    def apply(self, edit: Edit) -> None:  # noqa: C901  # one branch for each op
        """Apply one edit, or raise."""
        op = edit["op"]
        verb, _, name = op.partition("_")
        if verb == "add":
            for row in edit["rows"]:
                if row[KEYS[name]] in self.ids(name):
                    raise WrongError
                self.rows(name).append(dict(row))
        elif verb == "remove":
            self._check_known(name, edit["ids"], distinct=True)
            if edit["ids"]:
                self.remove(name, set(edit["ids"]), counted=False)
        elif verb == "change":
            self._check_known(name, edit["ids"])
            for row in self.tables.get(name, []):
                if row[KEYS[name]] in edit["ids"]:
                    row.update(edit["set"])
        elif op in ("lock", "ban", "unlock", "unban", "adjust"):
            self._pairs(op, edit)
        elif op == "close_area":
            self._close(edit["area"])
        elif op == "set_policy":
            for path, value in edit["set"].items():
                *above, last = path.split(".")
                here = self.policy
                for part in above:
                    here = here[part]
                here[last] = value
        elif op == "replace_table":
            if edit["rows"] is None and edit["table"] in ("cadres", "recipients"):
                raise WrongError
            self.columns.pop(edit["table"], None)
            self.tables.pop(edit["table"], None)
            if edit["rows"] is not None:
                self.tables[edit["table"]] = [dict(row) for row in edit["rows"]]
                self.columns[edit["table"]] = list(
                    dict.fromkeys(c for r in edit["rows"] for c in r)
                )
        else:
            raise NotImplementedError(op)

    def _check_known(self, name: str, ids: list[str], *, distinct: bool = False) -> None:
        if not set(ids) <= self.ids(name) or (distinct and len(set(ids)) < len(ids)):
            raise WrongError

    def remove(  # noqa: C901  # one branch for each table
        self, name: str, ids: set[str], *, counted: bool = True
    ) -> None:
        """Remove rows with all that refers to them."""
        if name == "areas":
            while (
                more := {row["area"] for row in self.rows("areas") if row.get("parent") in ids}
                - ids
            ):
                self.counts["removed_reference", "areas", None] += len(more)
                ids = ids | more
        kept = [row for row in self.rows(name) if row[KEYS[name]] not in ids]
        if counted:
            gone = len(self.rows(name)) - len(kept)
            self.counts["removed_reference", name, None] += gone
        self.tables[name] = kept
        if name in ("cadres", "recipients"):
            for pairs in PAIRS:
                rows = self.tables.get(pairs, [])
                left = [row for row in rows if row[KEYS[name]] not in ids]
                self.counts["removed_reference", pairs, None] += len(rows) - len(left)
                self.tables[pairs] = left
        if name == "units":
            self._remove_where("cadres", "unit_id", ids)
            for row in self.rows("units"):
                if row.get("lead_unit_id") in ids:
                    row["lead_unit_id"] = None
                    self.counts["emptied_reference", "units", "lead_unit_id"] += 1
        if name == "areas":
            if "units" in self.tables:
                self._remove_where("units", "area", ids)
            for people in ("cadres", "recipients"):
                self._remove_where(people, "area", ids)
            for row in self.tables.get("units", []):
                left = [code for code in row.get("sponsors") or [] if code not in ids]
                gone = len(row.get("sponsors") or []) - len(left)
                self.counts["emptied_reference", "units", "sponsors"] += gone
                row["sponsors"] = left

    def _remove_where(self, name: str, column: str, values: set[str]) -> None:
        found = {row[KEYS[name]] for row in self.rows(name) if row.get(column) in values}
        self.remove(name, found)

    def _close(self, code: str) -> None:
        known = (
            self.ids("areas")
            if "areas" in self.tables
            else {
                row.get("area")
                for name in ("cadres", "recipients", "units")
                for row in self.tables.get(name, [])
            }
        )
        if code not in known:
            raise WrongError
        codes = {code}
        while (
            more := {
                row["area"] for row in self.tables.get("areas", []) if row.get("parent") in codes
            }
            - codes
        ):
            codes |= more
        of_unit = {row["unit_id"]: row.get("area") for row in self.tables.get("units", [])}
        for name in ("recipients", "cadres"):
            there = {
                row[KEYS[name]]
                for row in self.rows(name)
                if (
                    row["area"]
                    if row.get("area") is not None
                    else of_unit.get(row.get("unit_id", ""))
                )
                in codes
            }
            self.counts["closed_area", name, None] += len(there)
            self.remove(name, there, counted=False)

    def _pairs(self, op: str, edit: Edit) -> None:
        name = {"lock": "locks", "unlock": "locks", "ban": "bans", "unban": "bans"}.get(
            op, "adjustments"
        )
        takes = op.startswith("un") or (op == "adjust" and edit["extra_km"] is None)
        seen = set()
        for pair in edit["pairs"]:
            key = (pair["recipient_id"], pair["cadre_id"])
            rows = self.rows(name)
            there = [row for row in rows if (row["recipient_id"], row["cadre_id"]) == key]
            known = key[0] in self.ids("recipients") and key[1] in self.ids("cadres")
            if (takes and not there) or (not takes and not known) or key in seen:
                raise WrongError
            if not takes and there and op != "adjust":
                raise WrongError
            seen.add(key)
            self.tables[name] = [row for row in rows if row not in there]
            if not takes:
                more = (
                    {"extra_km": edit["extra_km"]}
                    if op == "adjust"
                    else {"reason": edit.get("reason"), "author": edit.get("author")}
                )
                self.tables[name].append({**pair, **more})


def random_edits(rng: np.random.Generator, problem: Problem, count: int) -> list[Edit]:
    """Return edits of a problem, most of them right."""
    hand = ByHand(problem)
    edits: list[Edit] = []
    for number in range(count):
        edit = _edit(rng, hand, number)
        edits.append(edit)
        try:
            hand.apply(edit)
        except WrongError:
            # now and then one that must be refused
            if rng.random() < 0.9:
                edits.pop()
    return edits


def _some(rng: np.random.Generator, values: Any, most: int = 3) -> list[Any]:
    values = sorted(values, key=str)
    if not values:
        return []
    count = int(rng.integers(1, min(most, len(values)) + 1))
    return [values[int(n)] for n in rng.choice(len(values), size=count, replace=False)]


def _edit(rng: np.random.Generator, hand: ByHand, number: int) -> Edit:
    ops = (
        *("add_cadres", "add_recipients", "remove_cadres", "remove_recipients") * 3,
        *("change_cadres", "change_recipients", "lock", "ban", "adjust") * 3,
        *("unlock", "unban", "set_policy", "close_area", "add_areas", "add_units"),
        *("change_units", "change_areas", "remove_units", "remove_areas", "replace_table"),
    )
    op = str(rng.choice(ops))
    verb, _, name = op.partition("_")
    if verb == "add":
        return {"op": op, "rows": _new_rows(rng, hand, name, number)}
    if verb == "remove":
        return {"op": op, "ids": _some(rng, hand.ids(name), 2)}
    if verb == "change":
        return {"op": op, "ids": _some(rng, hand.ids(name)), "set": _new_values(rng, hand, name)}
    if op == "close_area":
        return {"op": op, "area": str((_some(rng, hand.ids("areas"), 1) or ["nowhere"])[0])}
    if op == "set_policy":
        choices: list[dict[str, Any]] = [
            {"load.default_capacity": int(rng.integers(1, 6))},
            {"distance.max_km": None, "locality.county": 7.5},
            {"continuity.keep_km": int(rng.integers(0, 60)), "load.marginal_km": [0, 10]},
        ]
        return {"op": op, "set": choices[int(rng.integers(len(choices)))]}
    if op == "replace_table":
        name = str(rng.choice([*PAIRS, *KEYS]))
        return {
            "op": op,
            "table": name,
            "rows": [dict(row) for row in hand.rows(name)][:-1] or None,
        }
    return _pair_edit(rng, hand, op)


def _pair_edit(rng: np.random.Generator, hand: ByHand, op: str) -> Edit:
    if op in ("unlock", "unban"):
        rows = hand.rows("locks" if op == "unlock" else "bans")
        there = [(row["recipient_id"], row["cadre_id"]) for row in rows]
        chosen = _some(rng, there, 2)
    else:
        recipients, cadres = _some(rng, hand.ids("recipients")), _some(rng, hand.ids("cadres"))
        chosen = list(zip(recipients, cadres, strict=False))
    pairs = [{"recipient_id": recipient, "cadre_id": cadre} for recipient, cadre in chosen]
    if op == "adjust":
        extra = None if rng.random() < 0.2 else float(rng.integers(-90, 90)) + 0.5
        return {"op": op, "pairs": pairs, "extra_km": extra}
    why = (
        {"reason": "as agreed", "author": f"a{int(rng.integers(3))}"} if rng.random() < 0.5 else {}
    )
    return {"op": op, "pairs": pairs, **why}


def _new_rows(rng: np.random.Generator, hand: ByHand, name: str, number: int) -> list[Row]:
    rows: list[Row] = []
    areas = hand.ids("areas") or {"P", "Q"}
    for n in range(int(rng.integers(1, 4))):
        row = {**_new_values(rng, hand, name)}
        # before, between and behind those that are there; or one that was removed before
        prefix = str(rng.choice(["a", name[0], "z"]))
        row[KEYS[name]] = f"{prefix}{number}{n:02d}" if rng.random() < 0.8 else f"{name[0]}0{n}"
        if name == "cadres":
            row.setdefault("unit_id", (_some(rng, hand.ids("units"), 1) or ["u0"])[0])
            row.setdefault("rank", str(rng.choice(Policy().ranks)))
        if name == "recipients":
            row.setdefault("category", str(rng.choice(Policy().categories)))
            row.setdefault("area", _some(rng, areas, 1)[0])
        if name == "areas":
            row.setdefault("parent", "P")
            row.setdefault("level", "village")
        rows.append(row)
    return rows


def _new_values(rng: np.random.Generator, hand: ByHand, name: str) -> Row:
    areas = hand.ids("areas") or {"P", "Q"}
    area = _some(rng, areas, 1)[0]
    point = {"lon": 103.0 + float(rng.integers(9)) / 4, "lat": 36.0}
    choices: dict[str, list[Row]] = {
        "cadres": [
            {"unit_id": (_some(rng, hand.ids("units"), 1) or ["u0"])[0]},
            {"rank": str(rng.choice(Policy().ranks)), "capacity": int(rng.integers(0, 4))},
            {"area": area},
            {"area": None, "capacity": None},
            point,
            {"lon": None, "lat": None, "team": "team 7", "min_load": int(rng.integers(0, 2))},
        ],
        "recipients": [
            {"category": str(rng.choice(Policy().categories)), "village_group": "group 0"},
            {"area": area},
            {"demand": int(rng.integers(1, 3)), "priority": int(rng.integers(-2, 3))},
            point,
            {"lon": None, "lat": None, "household_id": "h1"},
        ],
        "units": [{"area": area}, {"sponsors": [area]}, {"sponsors": [], "level": "county"}],
        "areas": [{"name": "renamed"}, {"lon": 104.25, "lat": 36.5}, {"lon": None, "lat": None}],
    }
    row = dict(choices[name][int(rng.integers(len(choices[name])))])
    if name in hand.columns:
        return {
            key: row[key]
            for key in row
            if key in hand.columns[name] or key not in ("team", "village_group")
        }
    return row
