import gzip
from pathlib import Path

import pytest

from pairmatch.model.other_kinds import refuse_other_kinds
from pairmatch.model.read_limits import RefusedError

TEXT = "cadre_id,unit_id,rank\nc1,u1,staff\n"
OTHERS = {
    "cadres.csv": (
        (b"PK\x03\x04 and more", "unreadable_file", "spreadsheet (.xlsx", "CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0 and more", "unreadable_file", "spreadsheet (.xls)", "CSV UTF-8"),
        (b"PAR1 and more", "unreadable_file", "Parquet", "rename it to end in .parquet"),
        (b"ARROW1\0\0", "unreadable_file", "Feather", "rename it to end in .feather"),
        (gzip.compress(TEXT.encode()), "unreadable_file", "gzip", "unpack it"),
        (TEXT.encode("utf-16"), "bad_encoding", "UTF-16", "UTF-8"),
        (TEXT.encode("utf-16-be"), "bad_encoding", "UTF-16", "UTF-8"),
        (TEXT.encode("utf-16-le"), "bad_encoding", "UTF-16", "UTF-8"),
    ),
    "policy.yaml": (
        (b"PK\x03\x04 and more", "unreadable_file", "spreadsheet", "write the policy as text"),
        ("load: {}\n".encode("utf-16"), "bad_encoding", "UTF-16", "save it as UTF-8"),
    ),
    "cadres.parquet": ((b"PK\x03\x04", "unreadable_file", "spreadsheet", "CSV UTF-8"),),
    "cadres.feather": ((b"PAR1", "unreadable_file", "Parquet", "rename it"),),
}
CASES = [(name, *case) for name, cases in OTHERS.items() for case in cases]


@pytest.mark.parametrize(("name", "data", "code", "found", "advice"), CASES)
def test_a_file_of_another_kind_is_refused_by_what_it_is(
    name: str, data: bytes, code: str, found: str, advice: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RefusedError) as caught:
        refuse_other_kinds(tmp_path / name, is_table=name.startswith("cadres"))
    finding = caught.value.finding("cadres")
    assert finding.code == code
    assert found in finding.found
    assert advice in finding.advice


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cadres.csv", TEXT.encode()),
        ("cadres.csv", TEXT.encode("utf-8-sig")),
        ("cadres.csv", "编号,单位\n".encode("gb18030")),
        ("cadres.csv", b""),
        ("cadres.parquet", b"PAR1"),
        ("cadres.PARQUET", b"PAR1"),
        ("cadres.parquet", b"\0\0"),
        ("cadres.feather", b"ARROW1\0\0"),
    ],
)
def test_what_is_of_its_kind_or_tells_nothing_is_left_to_its_reader(
    name: str, data: bytes, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    refuse_other_kinds(tmp_path / name, is_table=True)
    assert (tmp_path / name).read_bytes() == data
