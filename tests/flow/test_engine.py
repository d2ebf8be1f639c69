"""Engines and sessions are what their protocols say."""

import inspect

import pytest

from pairmatch.flow import ENGINES, Engine, FlowNetwork, Session, engine_named

_KEYWORD_ONLY = inspect.Parameter.KEYWORD_ONLY


@pytest.mark.parametrize("name", ENGINES)
def test_sessions_have_all_that_the_protocol_names(name: str) -> None:
    engine: Engine = engine_named(name)
    session: Session = engine.open(FlowNetwork([0], [1], [4], [1], [3, -3]))
    named = [member for member in vars(Session) if not member.startswith("_")]
    assert {"add_arcs", "set_unit_cost", "start_at", "solve"} <= set(named)
    for member in named:
        asked = inspect.signature(getattr(Session, member)).parameters
        given = inspect.signature(getattr(type(session), member)).parameters
        assert set(asked) <= set(given)
        positional = [name for name in asked if asked[name].kind is not _KEYWORD_ONLY]
        assert list(given)[: len(positional)] == positional
        # further parameters must have defaults
        more = [given[name] for name in given if name not in asked]
        assert all(parameter.default is not inspect.Parameter.empty for parameter in more)
