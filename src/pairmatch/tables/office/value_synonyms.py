"""How offices call ranks, categories, levels, yes and no; as `synonyms` has columns."""

from collections.abc import Mapping

from pairmatch.tables.office.synonyms import Names

# what is said of who has a rank
_PEOPLE = ("", "干部", "领导", "领导干部")


def _rank(stems: str, others: str, english: str) -> Names:
    joined = [stem + end for end in _PEOPLE for stem in stems.split()]
    return Names((*joined, *others.split()), tuple(english.split()))


def _value(chinese: str, english: str) -> Names:
    return Names(tuple(chinese.split()), tuple(english.split()))


_PROVINCE = _value("省 省级 自治区 直辖市", "province provincial")
_PREFECTURE = _value(
    "市州 市 州 市级 州级 市州级 地级市 地级 地市 地市级 地州市 自治州 盟 地区",
    "prefecture prefectural city prefecture_level",
)
_COUNTY = _value(
    "县 县级 县区 区县 县市区 县区级 区 区级 县级市 市辖区 自治县 旗 自治旗",
    "county district county_level",
)
_TOWNSHIP = _value(
    "乡镇 乡 镇 街道 乡级 镇级 乡镇级 乡镇街道 民族乡 街道办 街道办事处",
    "township town subdistrict township_level",
)
_VILLAGE = _value(
    "村 村级 行政村 建制村 社区 村社区 村居 村委会 居委会 村民委员会 居民委员会 嘎查",
    "village community village_level",
)

_UNIT_LEVELS = {
    "province": _PROVINCE,
    "prefecture": _PREFECTURE,
    "county": _COUNTY,
    "township": _TOWNSHIP,
}

VALUES: Mapping[str, Mapping[str, Names]] = {
    # those of grades of civil servants (一级调研员 ...) by the levels of posts that they stand for
    "rank": {
        "provincial": _rank(
            "省级 省部级 正省级 副省级 正部级 副部级 省部级正职 省部级副职",
            "",
            "provincial ministerial",
        ),
        "bureau": _rank(
            "厅级 厅局级 地厅级 市厅级 正厅级 副厅级 厅局级正职 厅局级副职",
            "正厅 副厅 一级巡视员 二级巡视员 巡视员 副巡视员",
            "bureau bureau_level bureau_director",
        ),
        "division": _rank(
            "处级 县处级 县级 正处级 副处级 正县级 副县级 县处级正职 县处级副职",
            "正处 副处 一级调研员 二级调研员 三级调研员 四级调研员 调研员 副调研员",
            "division division_level division_head",
        ),
        "section": _rank(
            "科级 乡科级 正科级 副科级 乡科级正职 乡科级副职",
            "正科 副科 一级主任科员 二级主任科员 三级主任科员 四级主任科员 主任科员 副主任科员",
            "section section_level section_head section_chief",
        ),
        "staff": _value(
            "科员 科员级 一级科员 二级科员 办事员 一般干部 普通干部 一般工作人员 工作人员",
            "staff clerk",
        ),
    },
    "category": {
        "orphan": _value("孤儿", "orphan orphans"),
        "unattended_child": _value(
            "事实无人抚养儿童 无人抚养儿童 事实孤儿",
            "unattended_child unattended_children de_facto_unattended_child",
        ),
        "severely_disabled": _value(
            "困难重度残疾人 重度残疾人 困难重残 困难重度残疾 重度残疾 重残 重残人员 困难重残人员",
            "severely_disabled severely_disabled_person severely_disabled_people",
        ),
        "destitute_household": _value(
            "特困家庭 特困户 特困 特困人员 特困供养人员 特困人员家庭 特困供养家庭",
            "destitute_household destitute_households destitute_family destitute",
        ),
    },
    "unit_level": _UNIT_LEVELS,
    "area_level": {**_UNIT_LEVELS, "village": _VILLAGE},
    "yes_no": {
        "yes": _value("是 有 对 真 √ ✓ ✔", "yes y true t"),
        "no": _value("否 无 没有 不是 假 × ✗ ✘", "no n false f"),
    },
    # what a unit says of a pair that it was given
    "answer": {
        "confirmed": _value(
            "确认 已确认 确认无误 同意 同意结对 同意帮扶 是 对 可 可以 行 接受 通过 无异议 "
            "没有异议 √ ✓ ✔ ☑",
            "confirm confirmed yes y ok agree agreed accept accepted true t",
        ),
        "rejected": _value(
            "退回 已退回 不同意 不同意结对 否 不是 不可 不可以 不行 不接受 不确认 不通过 有异议 "
            "拒绝 驳回 反对 × ✗ ✘ ☒",
            "reject rejected no n disagree disagreed refuse refused decline declined false f",
        ),
        "undecided": _value(
            "待定 未定 待确认 待核实 待核 暂缓 再议",
            "undecided pending open later",
        ),
    },
}

KINDS: Mapping[tuple[str, str], str] = {
    ("cadres", "rank"): "rank",
    ("recipients", "category"): "category",
    ("units", "level"): "unit_level",
    ("areas", "level"): "area_level",
}
"""By table and column, the kind of values that have synonyms."""
