import errno
from pathlib import Path

import pytest

from pairmatch.errors import InputError
from pairmatch.model import Policy
from pairmatch.model.unreadable import unreadable


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file", "/a/secret"), "no such file"),
        (PermissionError(errno.EACCES, "denied", "/a/secret"), "you may not read"),
        (IsADirectoryError(errno.EISDIR, "is a directory", "/a/secret"), "a folder"),
        (OSError(errno.ENAMETOOLONG, "too long", "/a/secret"), "leads nowhere"),
        (OSError(errno.EIO, "Input/output error", "/a/secret"), "Input/output error"),
        (OSError("odd"), "leads nowhere"),
        (ValueError("embedded null byte"), "leads nowhere"),
    ],
)
def test_the_cause_is_named_and_the_path_is_not(error: OSError | ValueError, words: str) -> None:
    finding = unreadable(error).finding("cadres")
    assert words in finding.found
    assert finding.advice
    assert "secret" not in str(finding) + repr(finding)


def test_a_policy_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "policy.yaml").touch()
    # the superuser may read whatever its permissions are
    monkeypatch.setattr(Path, "read_text", denied)
    with pytest.raises(InputError, match="you may not read") as caught:
        Policy.from_file(tmp_path / "policy.yaml")
    assert caught.value.counts == {"unreadable_file": 1}
