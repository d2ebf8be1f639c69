"""Texts are drawn in a font that has them, or said otherwise: never as boxes."""

from pathlib import Path

import matplotlib as mpl
import pytest
from matplotlib.font_manager import FontPath, FontProperties, findfont

import pairmatch as pm
from pairmatch.report.plots import fonts
from pairmatch.report.plots.fonts import best_face, is_drawn
from pairmatch.report.plots.lettering import lettering
from tests.report.plots.plans import AREAS, county, legend, marks, texts

OURS = Path(mpl.get_data_path()) / "fonts" / "ttf"
LATIN = findfont(FontProperties(family="DejaVu Sans"))
# which .ci/run installs, as does whoever reads Chinese
CHINESE = best_face("结对按干部工作地与对象居住地分布城关区", "")


@pytest.fixture
def only_latin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_files", lambda: (str(LATIN),))


def in_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


@pytest.mark.skipif(CHINESE is None, reason="no font with Chinese characters is installed")
@pytest.mark.parametrize("kind", ["loads", "distances", "flows"])
def test_with_a_font_for_it_everything_is_chinese(kind: str) -> None:
    ax = getattr(county().plot, kind)(language="zh")
    said = [text for text in texts(ax) if not text.replace(",", "").replace(".", "").isdigit()]
    assert all(in_chinese(text) for text in said)
    assert ax.title.get_fontproperties().get_file() != LATIN


@pytest.mark.skipif(CHINESE is None, reason="no font with Chinese characters is installed")
def test_names_of_areas_are_chinese_in_an_english_plot() -> None:
    rows = marks(county().plot.flows())[1]
    # there is another 城关区 among those where recipients live
    assert rows == ["甘肃省", "城关区 620102", "七里河区"]


@pytest.mark.usefixtures("only_latin")
@pytest.mark.parametrize("kind", ["loads", "distances", "flows"])
def test_without_one_everything_is_english(kind: str) -> None:
    ax = getattr(county().plot, kind)(language="zh")
    assert not any(in_chinese(text) for text in texts(ax))
    assert ax.get_title() == getattr(county().plot, kind)().get_title()


@pytest.mark.usefixtures("only_latin")
def test_areas_are_called_by_their_codes_then() -> None:
    assert marks(county().plot.flows(language="zh"))[1] == ["62", "620102", "620103"]


@pytest.mark.usefixtures("only_latin")
def test_ids_that_are_chinese_themselves_are_numbers_then() -> None:
    areas = {**AREAS, "area": ["省", "市", "甲", "乙", "州", "丙"]}
    areas["parent"] = [None, "省", "市", "市", "省", "州"]
    plan = pm.solve(
        pm.Problem.from_tables(
            cadres={"cadre_id": ["c"], "unit_id": ["u"], "rank": ["科员"], "area": ["乙"]},
            recipients={"recipient_id": ["r"], "category": ["老人"], "area": ["丙"]},
            areas=areas,
            policy={
                "ranks": ["处级", "科员"],
                "categories": ["老人"],
                "eligibility": [],
            },
        )
    )
    columns, rows = marks(plan.plot.flows(language="zh"))
    # areas are sorted by their codes
    assert (columns, rows) == (["#1"], ["#2"])
    assert legend(plan.plot.loads(language="zh"))[0] == "#2"
    assert legend(plan.plot.distances(language="zh"))[0] == "#1"


def test_a_font_that_has_boxes_for_everything_is_never_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    boxes = OURS / "LastResortHE-Regular.ttf"
    assert boxes.is_file()
    monkeypatch.setattr(fonts, "_files", lambda: (str(boxes),))
    assert best_face("结对", "") is None


def test_files_that_are_no_fonts_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    names = (str(tmp_path / "broken.ttf"), str(tmp_path / "missing.otf"), str(LATIN))
    monkeypatch.setattr(fonts, "_files", lambda: names)
    assert best_face("结对", "") is None
    assert best_face("abc", "é") == LATIN


@pytest.mark.parametrize("text", ["a\u202eb", "a\nb", "\U000f0000", "\ue000x"])
def test_what_is_not_seen_or_has_no_glyph_is_not_drawn(text: str) -> None:
    letters = lettering("en", [text])
    assert letters.name([text, "code"], 3) == "code"
    assert letters.name([text], 3) == "#3"


def test_long_names_are_cut_short() -> None:
    letters = lettering("en", [])
    assert letters.name(["x" * 32_767], 1) == "x" * 23 + "…"
    assert letters.name(["", "x" * 24], 1) == "x" * 24


def test_a_face_is_judged_by_its_file_not_its_name() -> None:
    assert is_drawn(FontPath(str(LATIN), 0), "abc")
    assert not is_drawn(FontPath(str(LATIN), 0), "a结")


def test_without_any_font_for_its_words_a_plot_is_drawn_in_matplotlibs_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("pairmatch.report.plots.lettering.best_face", lambda *_: None)
    assert lettering("zh", []).language == "en"
    assert lettering("zh", []).face == LATIN
