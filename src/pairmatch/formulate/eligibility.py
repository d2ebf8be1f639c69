"""Which ranks may help which categories, and at what extra cost."""

from decimal import Decimal

import numpy as np

from pairmatch.arrays import IntArray
from pairmatch.model.policy import Policy, metres

# an ineligible pair is absent: neither free nor infinitely dear
INELIGIBLE = -1


def eligibility_table(policy: Policy) -> tuple[IntArray, IntArray]:
    """Return the penalty and the verdict of every rank and category.

    The first rule that fits a pair of rank and category holds; where none fits, the pair is
    allowed at no extra cost.

    Returns
    -------
    penalty_m
        Shape ``(ranks, categories)``, metres, `INELIGIBLE` where the pair is not eligible.
    by_exception
        Same shape, 1 where a rule merely allows the pair (a breach to be reported), else 0.
    """
    shape = (len(policy.ranks), len(policy.categories))
    penalty = np.zeros(shape, dtype=np.int64)
    by_exception = np.zeros(shape, dtype=np.int64)
    for row, rank in enumerate(policy.ranks):
        for column, category in enumerate(policy.categories):
            for rule in policy.eligibility:
                if category in rule.categories and (rule.ranks is None or rank in rule.ranks):
                    if rule.verdict == "forbidden":
                        penalty[row, column] = INELIGIBLE
                    else:
                        penalty[row, column] = metres(Decimal(rule.penalty_km))
                        by_exception[row, column] = rule.verdict == "allowed"
                    break
    return penalty, by_exception
