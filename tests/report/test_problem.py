import pairmatch as pm
from pairmatch.report.problem import problem_document, problem_text


def small() -> pm.Problem:
    return pm.Problem.from_tables(
        cadres={"cadre_id": ["c1"], "unit_id": ["u"], "rank": ["staff"], "colour": ["red"]},
        recipients={
            "recipient_id": ["r1", "r2"],
            "category": ["orphan"] * 2,
            "area": ["a"] * 2,
            "demand": [1, 2],
        },
    )


def test_sizes_and_places() -> None:
    said = problem_document(small())
    assert said["tables"] == {"cadres": 1, "recipients": 2}
    assert (said["wanted"], said["places"]) == (3, 2)
    assert said["areas_inheriting_a_point"] == []


def test_notes_name_the_table_and_how_often() -> None:
    text = problem_text(small())
    assert "no table of areas: locality counts nothing (no_locality)" in text
    assert "cadres: unknown columns were dropped: colour (dropped_column)" in text


def test_files_and_digest_are_said() -> None:
    problem = small()
    document = problem_document(problem)
    assert document["files"] == {"used": [], "ignored": []}
    assert document["digest"] == problem.digest()
    assert problem_text(problem).endswith(f"Read\n  digest: {problem.digest()}")
