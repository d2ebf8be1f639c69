"""The numbers that a benchmark sweeps: they change how long a solve takes, and never its levels."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """How the transportation problem of classes is solved.

    Whatever the numbers, the plan is as good and proven alike; among equally good plans it may be
    another one. What no benchmark sweeps is a named constant beside its use.

    Attributes
    ----------
    leaf, fan
        Classes in a lowest box of pricing, and boxes within a box.
    least_chunk
        Lowest boxes that a thread prices at least.
    coarse_merged, coarse_merged_both
        Classes of recipients that a coarse problem merges, and classes of both sides where cadres
        are merged alike.
    coarse_apart
        With more classes of cadres than that for each merged class of recipients they are merged in
        any case.
    coarse_small, coarse_small_if_scarce
        No smaller problem is solved for that many classes of recipients or fewer; likewise where
        places are scarce.
    coarse_seeds, coarse_proposals
        Candidates of each class in a coarse problem to begin with, and new ones in a round.
    seeds
        Candidates of each class to begin with, where there is no auction.
    reoptimise
        Of a re-solve: arcs that shortest paths from the earlier flow may read, for each arc and
        node of the master problem; an engine takes over after that.
    start_most
        Where a re-solve leaves more places of recipients unfilled than that at first, it begins as
        a solve without a start.
    start_around
        Of a re-solve: most partners that become candidates at once around each class that a search
        has reached.
    start_m, start_proposals
        Of a re-solve: candidates within that many metres of the earlier dual values, and at most
        how many of each class.
    near_m, near_proposals
        After an auction: candidates within that many metres of the best one, and at most how many.
    auction_listed, auction_first
        Partners that each bidder lists, and how many of the first ones become candidates.
    auction_increment_m, auction_largest_increment_m
        What each place of a class adds to the increment of a bid, and the largest one, metres.
    auction_rounds, auction_left, auction_slow
        Most rounds; the shares of bidders at which the rest is left to the master problem: who have
        no place, and that have to look again.
    proposals, proposals_if_scarce
        New candidates of each class in a round; likewise where places are scarce.
    margin_m
        Pairs that are dearer than their potentials by less are proposed as well, metres.
    rough_above
        The next master problem is solved roughly where more than that share of arcs is new.
    repriced_share
        Pairs are repriced apart where no more than that share of the potentials has moved.
    kinds
        Who can be served is found first where there are at most that many pairs of kinds.
    changed_above
        In a shortage the sides change parts where classes of cadres are more than that share of
        those of recipients.
    """

    leaf: int = 16
    fan: int = 8
    least_chunk: int = 32
    coarse_merged: int = 8
    coarse_merged_both: int = 4
    coarse_apart: int = 8
    coarse_small: int = 4_000
    coarse_small_if_scarce: int = 400
    coarse_seeds: int = 8
    coarse_proposals: int = 40
    seeds: int = 6
    reoptimise: float = 40
    start_most: int = 1_000
    start_around: int = 64
    start_m: int = 500
    start_proposals: int = 8
    near_m: int = 3000
    near_proposals: int = 30
    auction_listed: int = 16
    auction_first: int = 4
    auction_increment_m: int = 250
    auction_largest_increment_m: int = 2000
    auction_rounds: int = 30
    auction_left: float = 0.015
    auction_slow: float = 0.9
    proposals: int = 20
    proposals_if_scarce: int = 30
    margin_m: int = 3000
    rough_above: float = 0.1
    repriced_share: float = 0.25
    kinds: int = 1 << 21
    changed_above: float = 0.5


DEFAULT_TUNING = Tuning()
