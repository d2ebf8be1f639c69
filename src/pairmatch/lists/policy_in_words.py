"""What a policy says, in sentences for those who get a list."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pairmatch.model.policy import EligibilityRule, Policy, plain_number
from pairmatch.words import Value, say


def policy_in_words(policy: Policy, language: str) -> list[str]:
    """Return a sentence for each thing that whoever judges a pair wants to know."""
    return list(_Sentences(policy, language).all())


class _Sentences:
    def __init__(self, policy: Policy, language: str) -> None:
        self._policy, self._language = policy, language

    def all(self) -> Iterator[str]:
        policy = self._policy
        yield from self._eligibility()
        yield from self._load()
        yield self._say("distance", detour=_number(policy.distance.detour))
        if policy.distance.max_km is not None:
            yield self._say("max_km", km=_number(policy.distance.max_km))
        near = policy.locality
        steps = (near.village, near.township, near.county, near.prefecture, near.province)
        yield self._say("locality", steps=_numbers(steps), above=_number(near.above))
        outside = _number(policy.sponsorship.outside_km)
        yield self._say(policy.sponsorship.mode, km=outside)
        price = _number(policy.coverage.price_km)
        yield self._say(policy.coverage.mode, km=price)
        yield self._say("continuity", km=_number(policy.continuity.keep_km))

    def _eligibility(self) -> Iterator[str]:
        for rule in self._policy.eligibility:
            yield self._rule(rule)
        if self._policy.eligibility:
            yield self._say("first_rule")

    def _rule(self, rule: EligibilityRule) -> str:
        labels, language = self._policy.labels, self._language
        categories = tuple(labels.category(name, language) for name in rule.categories)
        ranks = tuple(labels.rank(name, language) for name in rule.ranks or ())
        who = {"categories": categories, "ranks": ranks or (self._say("every_rank"),)}
        said = self._say(rule.verdict, **who)
        if rule.verdict == "forbidden" or not rule.penalty_km:
            return said
        return self._say("at", rule=said, km=_number(rule.penalty_km))

    def _load(self) -> Iterator[str]:
        load = self._policy.load
        yield self._say("capacity", most=load.default_capacity)
        for rank, most in load.capacity_by_rank.items():
            name = self._policy.labels.rank(rank, self._language)
            yield self._say("capacity_of", rank=name, most=most)
        yield self._say("load", steps=_numbers(load.marginal_km))

    def _say(self, name: str, **parameters: Value) -> str:
        return say(f"list_policy.{name}", parameters, self._language)


def _number(value: Decimal) -> str:
    return f"{plain_number(value):,}"


def _numbers(values: Iterable[Decimal]) -> tuple[str, ...]:
    return tuple(_number(value) for value in values)
