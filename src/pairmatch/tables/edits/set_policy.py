"""Fields of a policy set by their paths."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pairmatch.errors import Finding, InputError
from pairmatch.model.policy import Policy


class Fields:
    """The fields of a policy as plain data, and by which edit each path was set."""

    def __init__(self, policy: Policy) -> None:
        self.data: dict[str, Any] = json.loads(policy.model_dump_json())
        self._set_by: dict[str, int] = {}

    def checked(self, findings: list[Finding]) -> Policy | None:
        """Return the policy, or None after adding what is wrong, with the edit that set it."""
        try:
            return Policy.from_mapping(self.data)
        except InputError as error:
            for finding in error.findings:
                edit = self._edit_of(finding.column or "")
                findings.append(replace(finding, parameters={**finding.parameters, "edit": edit}))
        return None

    def _edit_of(self, path: str) -> int:
        """Return the last edit that set a field, or one within it or around it."""
        edits = [
            edit
            for one, edit in self._set_by.items()
            if f"{path}.".startswith(f"{one}.") or f"{one}.".startswith(f"{path}.")
        ]
        return max(edits or self._set_by.values())

    def note(self, path: str, edit: int) -> None:
        """Keep by which edit a field was set."""
        self._set_by[path] = edit

    def set(self, path: str, value: object) -> bool:
        """Set one field; return whether the path leads anywhere."""
        *above, last = path.split(".")
        here: Any = self.data
        for part in above:
            found = _within(here, part)
            if found is None and isinstance(here, dict) and part not in here:
                # a part that the policy does not have is reported as such when it is checked
                here[part] = found = {}
            if not isinstance(found, dict | list):
                return False
            here = found
        if isinstance(here, dict):
            here[last] = value
            return True
        if not last.isdecimal() or int(last) >= len(here):
            return False
        here[int(last)] = value
        return True


def set_fields(
    fields: Fields, values: Mapping[str, object], number: int, findings: list[Finding]
) -> None:
    """Set fields by their paths; report paths that lead nowhere."""
    for entry, (path, value) in enumerate(values.items(), 1):
        if fields.set(path, value):
            fields.note(path, number)
        else:
            place = {"edit": number, "entry": entry}
            findings.append(Finding("bad_edit.no_path", "policy", None, place))


def _within(here: Any, part: str) -> Any:
    if isinstance(here, dict):
        return here.get(part)
    return here[int(part)] if part.isdecimal() and int(part) < len(here) else None
