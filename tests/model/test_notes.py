import json

import pytest

from pairmatch.model.notes import Note

NOTES = [
    Note("no_locality", "areas"),
    Note("dropped_column", "cadres", count=2, names=("colour", "#4")),
    Note("zero_point", "recipients", "lon", 7, rows=(1, 2, 3, 4, 5)),
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.code)
def test_a_note_comes_back_from_its_document(note: Note) -> None:
    document = json.loads(json.dumps(note.document()))
    assert document["text"] == note.text()
    assert Note.from_document(document) == note


@pytest.mark.parametrize("change", [{"code": "other"}, {"names": None}, {"count": "many"}])
def test_what_is_no_note_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Note.from_document({**NOTES[0].document(), **change})


def test_texts_name_columns_and_rows() -> None:
    assert NOTES[1].text() == "unknown columns were dropped: colour, #4"
    assert NOTES[2].text().endswith("value: 7 (rows 1, 2, 3, 4, 5 and 2 more)")
    assert Note("zero_point", "cadres", "lon", 1, rows=(3,)).text().endswith("(row 3)")


def test_of_many_names_the_text_has_some() -> None:
    note = Note("dropped_column", "cadres", count=1000, names=tuple(f"c{n}" for n in range(1000)))
    assert note.text().endswith("c28, c29 and 970 more")
