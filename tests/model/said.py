"""All that an error can be made to say."""

import traceback
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from pairmatch.errors import InputError


def said_by(
    raise_it: Callable[[], object],
    kind: type[Exception] | tuple[type[Exception], ...] = ValueError,
) -> str:
    """Return everything that an error, and what hangs on to it, can be made to say."""
    with pytest.raises(kind) as caught:
        raise_it()
    said = ""
    error: BaseException | None = caught.value
    assert error is not None
    while error is not None:
        # the lines of this file are shown in a traceback, and are not what is looked for
        lines = traceback.format_exception_only(error)
        said += f"{error}{error!r}{error.args!r}{lines}"
        if isinstance(error, ValidationError):
            said += f"{error.errors()}{error.json()}{error.title}"
        if isinstance(error, InputError):
            said += f"{error.findings}{list(error.failures())}"
        error = error.__cause__ or error.__context__
    return said
