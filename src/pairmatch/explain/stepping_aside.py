"""An upper bound on the price of a pair: two cadres give and take, and nobody else moves."""

from pairmatch.explain.placed import PlacedPlan
from pairmatch.explain.price import Accounts


def simplest_price_m(
    placed: PlacedPlan, accounts: Accounts, cadre: int, recipient: int
) -> int | None:
    """Return the least extra metres of a few ways to make a pair, None if none of them does.

    The recipient leaves one of its cadres, who has nobody instead or gets a recipient of the other
    cadre. No level above the metres is worse.
    """
    has_room = bool(placed.load[cadre] < placed.formulation.capacity[cadre])
    best: int | None = None
    for changes in _ways(placed, cadre, recipient, has_room=has_room):
        price = accounts.price(changes, "path")
        if any(extra > 0 for extra in price.order[:-1]):
            continue
        best = price.price_m if best is None else min(best, price.price_m)
    return best


def _ways(
    placed: PlacedPlan, cadre: int, recipient: int, *, has_room: bool
) -> list[list[tuple[int, int, int]]]:
    made = (cadre, recipient, 1)
    if has_room and placed.missing[recipient]:
        return [[made]]
    ways = []
    for left in placed.cadres_of(recipient).tolist():
        if placed.is_locked(left, recipient):
            continue
        if has_room:
            ways.append([made, (left, recipient, -1)])
        for given in placed.recipients_of(cadre).tolist():
            if placed.is_locked(cadre, given) or placed.has(left, given):
                continue
            if placed.is_eligible(left, given):
                ways.append([made, (left, recipient, -1), (left, given, 1), (cadre, given, -1)])
    return ways
