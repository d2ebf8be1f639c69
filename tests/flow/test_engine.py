"""Engines and sessions are what their protocols say."""

import inspect

import pytest

from pairmatch.flow import ENGINES, Engine, FlowNetwork, Session, engine_named


@pytest.mark.parametrize("name", ENGINES)
def test_sessions_have_all_that_the_protocol_names(name: str) -> None:
    engine: Engine = engine_named(name)
    session: Session = engine.open(FlowNetwork.checked([0], [1], [4], [1], [3, -3]))
    named = [member for member in vars(Session) if not member.startswith("_")]
    assert {"add_arcs", "set_unit_cost", "start_at", "solve"} <= set(named)
    for member in named:
        asked = inspect.signature(getattr(Session, member)).parameters
        given = inspect.signature(getattr(type(session), member)).parameters
        # further parameters must have defaults
        assert list(given)[: len(asked)] == list(asked)
        more = list(given.values())[len(asked) :]
        assert all(parameter.default is not inspect.Parameter.empty for parameter in more)
