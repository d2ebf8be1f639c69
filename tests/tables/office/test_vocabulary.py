import pytest

from pairmatch.model.policy import Policy
from pairmatch.tables.office.synonyms import COLUMNS, TABLES
from pairmatch.tables.office.value_synonyms import KINDS, VALUES
from pairmatch.tables.office.vocabulary import Vocabulary, folded_name, folded_value
from pairmatch.tables.personal_columns import is_personal_column
from pairmatch.tables.schema import SCHEMAS
from pairmatch.words import LANGUAGES

WORDS = Vocabulary.standard()


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("cadres", "干部"),
        ("cadres", "干部名册"),
        ("cadres", " Cadres "),
        ("cadres", "红崖县干部表(2026)"),
        ("cadres", "2026年红崖县帮扶干部花名册"),
        ("cadres", "干部名册20260102"),
        ("recipients", "关爱对象"),
        ("recipients", "Recipient list"),
        ("units", "单位"),
        ("areas", "行政区划"),
        ("current", "现有结对"),
        ("current", "结对关系"),
        ("locks", "锁定"),
        ("bans", "禁配"),
        ("adjustments", "调整"),
        ("policy", "政策"),
    ],
)
def test_a_file_or_sheet_is_known_by_its_name(table: str, name: str) -> None:
    assert WORDS.table_of(name) == table


@pytest.mark.parametrize("name", ["", "说明", "Sheet1", "干部工资", "对象照片", "红崖县", "123"])
def test_other_names_are_no_table(name: str) -> None:
    assert WORDS.table_of(name) is None


@pytest.mark.parametrize(
    ("table", "header", "column"),
    [
        ("areas", "区划代码", "area"),
        ("cadres", "行政区划代码", "area"),
        ("recipients", "所在地区代码", "area"),
        ("units", "地区编码", "area"),
        ("areas", "级别", "level"),
        ("units", "级别", "level"),
        ("cadres", "级别", "rank"),
        ("cadres", "职级", "rank"),
        ("cadres", "干部编号*", "cadre_id"),
        ("cadres", "干部 编号：", "cadre_id"),
        ("cadres", "干部ＩＤ", "cadre_id"),
        ("cadres", "CADRE ID", "cadre_id"),
        ("cadres", "cadre-id", "cadre_id"),
        ("cadres", "帮扶上限（人）", "capacity"),
        ("adjustments", "增减公里(km)", "extra_km"),
        ("adjustments", "增减公里【km】", "extra_km"),
        ("locks", "经办人", "author"),
        ("recipients", "编号", "recipient_id"),
        ("units", "牵头单位", "lead_unit_id"),
        ("units", "帮扶地区", "sponsors"),
        ("areas", "上级区划代码", "parent"),
    ],
)
def test_a_header_means_a_column_of_its_table(table: str, header: str, column: str) -> None:
    assert WORDS.column_of(table, header) == column


@pytest.mark.parametrize(
    "header", ["姓名", "身份证号", "联系电话", "家庭住址", "序号", "", "备注2"]
)
def test_other_headers_mean_nothing(header: str) -> None:
    assert [table for table in COLUMNS if WORDS.column_of(table, header)] == []


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("rank", "厅级", "bureau"),
        ("rank", "正处级", "division"),
        ("rank", "处级领导干部", "division"),
        ("rank", "四级主任科员", "section"),
        ("rank", "PROVINCIAL", "provincial"),
        ("rank", " 科 员 ", "staff"),
        ("category", "困难重度残疾人", "severely_disabled"),
        ("category", "Severely disabled", "severely_disabled"),
        ("area_level", "市州", "prefecture"),
        ("area_level", "社区", "village"),
        ("unit_level", "县级", "county"),
        ("yes_no", "√", "yes"),
        ("yes_no", "否", "no"),
        ("yes_no", "N", "no"),
    ],
)
def test_values_have_names_in_both_languages(kind: str, text: str, value: str) -> None:
    assert WORDS.value_of(kind, text) == value


def test_a_unit_is_no_village() -> None:
    assert WORDS.value_of("unit_level", "村") is None


def test_every_table_and_column_has_names() -> None:
    assert {schema.name: [one.name for one in schema.columns] for schema in SCHEMAS} == {
        table: list(columns) for table, columns in COLUMNS.items()
    }
    assert set(TABLES) == {*COLUMNS, "policy"}


def test_the_standard_names_are_understood() -> None:
    for table, columns in COLUMNS.items():
        for language in ("zh", "en"):
            assert WORDS.table_of(WORDS.standard_name("tables", table, language)) == table
            for column in columns:
                name = WORDS.standard_name(table, column, language)
                assert WORDS.column_of(table, name) == column
                assert not WORDS.is_loose(table, name)
    for kind, values in VALUES.items():
        for value in values:
            for language in ("zh", "en"):
                assert WORDS.value_of(kind, WORDS.standard_name(kind, value, language)) == value


def test_the_standard_names_are_the_published_ones() -> None:
    assert [WORDS.standard_name("tables", table, "zh") for table in TABLES] == [
        *("干部", "对象", "单位", "区划", "现有结对", "锁定", "禁配", "调整", "政策"),
    ]
    assert [WORDS.standard_name("cadres", column, "zh") for column in COLUMNS["cadres"]] == [
        *("干部编号", "单位编号", "职级", "区划代码", "经度", "纬度", "帮扶上限", "最少帮扶"),
    ]


def test_no_name_means_two_things() -> None:
    groups = [
        {name: [*names.every, *names.loose] for name, names in things.items()}
        for things in (TABLES, *COLUMNS.values(), *VALUES.values())
    ]
    for group in groups:
        means: dict[str, str] = {}
        for name, names in group.items():
            for one in names:
                short = folded_value(one)
                assert folded_name(one) == short
                assert means.setdefault(short, name) == name, one


def test_no_name_is_written_twice() -> None:
    for things in (TABLES, *COLUMNS.values(), *VALUES.values()):
        for names in things.values():
            every = [folded_name(one) for one in (*names.every, *names.loose)]
            assert sorted({one for one in every if every.count(one) > 1}) == []


def test_no_column_has_a_personal_name() -> None:
    personal = {
        (table, one)
        for table, columns in COLUMNS.items()
        for names in columns.values()
        for one in (*names.every, *names.loose)
        if is_personal_column(one)
    }
    # that of a place
    assert personal == {("areas", "name")}


def test_a_kind_belongs_to_a_column() -> None:
    assert {(table, column) for table, column in KINDS if column not in COLUMNS[table]} == set()
    assert {WORDS.kind_of(*place) for place in KINDS} == set(VALUES) - {"yes_no", "answer"}
    assert WORDS.kind_of("cadres", "area") is None


def test_a_policy_has_the_last_word_on_its_ranks() -> None:
    policy = Policy(ranks=("厅级", "处级", "regional"), categories=("orphan", "resettled"))
    words = WORDS.with_labels(policy)
    assert words.value_of("rank", "厅级") == "厅级"
    assert words.value_of("rank", "bureau") == "厅级"
    assert words.value_of("rank", "副厅级") == "厅级"
    assert words.value_of("rank", "Regional") == "regional"
    assert words.value_of("rank", "科员") is None
    assert words.value_of("category", "孤儿") == "orphan"
    assert words.value_of("category", "特困家庭") is None
    assert words.value_of("unit_level", "县") == "county"


def test_a_name_of_two_ranks_of_a_policy_means_neither() -> None:
    words = WORDS.with_labels(Policy(ranks=("正处级", "副处级")))
    assert words.value_of("rank", "正处级") == "正处级"
    assert words.value_of("rank", "处级") is None


def test_labels_of_a_policy_are_understood() -> None:
    policy = Policy.from_mapping(
        {
            "categories": ["orphan", "resettled"],
            "labels": {
                "ranks": {"staff": {"zh": "科级"}},
                "categories": {"resettled": {"zh": "安置帮教对象", "en": "Resettled person"}},
                "levels": {"county": {"zh": "旗县"}, "village": {"zh": "嘎查村"}},
            },
        }
    )
    words = WORDS.with_labels(policy)
    assert words.value_of("category", "安置帮教对象") == "resettled"
    assert words.value_of("category", "resettled  PERSON") == "resettled"
    assert words.value_of("rank", "科级") == "staff"
    assert words.value_of("rank", "section") == "section"
    assert words.value_of("area_level", "嘎查村") == "village"
    assert words.value_of("unit_level", "旗县") == "county"
    assert words.value_of("unit_level", "嘎查村") is None


def test_the_words_call_things_by_their_standard_names() -> None:
    for kind, part in (("rank", "rank"), ("category", "category"), ("area_level", "area_level")):
        for value in VALUES[kind]:
            assert LANGUAGES["zh"].texts[f"{part}.{value}"] == WORDS.standard_name(
                kind, value, "zh"
            )
