"""Which checks have a role, and the order in which checks run that rest on each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from hamdel.errors import PhrasebankError
from hamdel.model.definitions import CheckDef
from hamdel.model.policy import Role

__all__ = ["by_role", "depths", "only"]


def by_role(checks: Iterable[CheckDef]) -> dict[Role, tuple[str, ...]]:
    """Return the ids of checks by role; of a role that no check has, none."""
    ids: dict[Role, list[str]] = {role: [] for role in Role}
    for check in checks:
        for role in check.policy.roles:
            ids[role].append(check.id)
    return {role: tuple(found) for role, found in ids.items()}


def only(checks: Mapping[str, CheckDef], role: Role) -> CheckDef:
    """Return the check that has a role whose words are asked for elsewhere.

    Raises:
        PhrasebankError: no check has it, or more than one.
    """
    found = by_role(checks.values())[role]
    if not found:
        raise PhrasebankError(f"no check has the role {role.value!r}; add it to `roles` in [policy] of one")
    if len(found) > 1:
        places = ", ".join(str(checks[name].path) for name in found)
        raise PhrasebankError(f"{places}: only one check can have the role {role.value!r}; take it out of the others")
    return checks[found[0]]


def depths(checks: Mapping[str, CheckDef]) -> dict[str, int]:
    """Return how many checks one after another each check rests on, by id.

    Raises:
        PhrasebankError: checks rest on each other, or on what a check about a whole draft finds, which is known last.
    """
    roles = by_role(checks.values())
    rests = {
        name: {other for role in check.policy.reads for other in roles[role] if other != name}
        for name, check in checks.items()
    }
    for name, others in rests.items():
        late = next((other for other in sorted(others) if checks[other].absence), None)
        if late:
            raise PhrasebankError(
                f"{checks[name].path}: reads what {late} finds, which is known last, for it has an `absence`; "
                "take its role out of `reads` in [policy]"
            )
    try:
        order = tuple(TopologicalSorter(rests).static_order())
    except CycleError as error:
        circle = " → ".join(error.args[1])
        path = checks[error.args[1][0]].path
        raise PhrasebankError(f"{path}: checks read each other: {circle}; take a role out of `reads`") from None
    found: dict[str, int] = {}
    for name in order:
        found[name] = 1 + max((found[other] for other in rests[name]), default=-1)
    return found
