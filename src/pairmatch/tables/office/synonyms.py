"""How offices call tables, columns, ranks, categories and levels, in Chinese and in English.

Names are parted by blanks, the standard one first; those in English have underscores where people
write blanks, which makes no difference. Case, width, blanks, punctuation and what stands in
brackets make none either, so that one way of writing is enough.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """All names of one thing.

    Attributes
    ----------
    chinese, english
        The standard name first.
    loose
        Names that mean this only where nothing else does: they may mean more than one thing.
    """

    chinese: tuple[str, ...]
    english: tuple[str, ...]
    loose: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All but the loose ones."""
        return (*self.chinese, *self.english)


def _names(chinese: str, english: str, loose: str = "") -> Names:
    return Names(tuple(chinese.split()), tuple(english.split()), tuple(loose.split()))


def _joined(stems: str, ends: Iterable[str]) -> str:
    return " ".join(stem + end for end in ends for stem in stems.split())


TABLE_ENDS = (
    *(
        "",
        "表",
        "名册",
        "名单",
        "花名册",
        "清单",
        "台账",
        "信息",
        "信息表",
        "数据",
        "明细",
        "明细表",
    ),
    *("登记表", "基本信息", "基本信息表", "一览表", "统计表", "情况", "情况表", "库"),
)
"""What people append to the names of tables."""


def _table(chinese: str, english: str) -> Names:
    return _names(_joined(chinese, TABLE_ENDS), _joined(english, ("", "_list", "_table", "_data")))


TABLES: Mapping[str, Names] = {
    "cadres": _table(
        "干部 帮扶干部 结对干部 党员干部 帮扶责任人 帮扶人",
        "cadres cadre helpers staff",
    ),
    "recipients": _table(
        "对象 关爱对象 帮扶对象 结对对象 受助对象 救助对象 服务对象 关爱帮扶对象",
        "recipients recipient beneficiaries",
    ),
    "units": _table(
        "单位 帮扶单位 单位机构 机构 部门单位 干部单位 派出单位",
        "units unit departments organisations organizations",
    ),
    "areas": _table(
        "区划 行政区划 区划代码 行政区划代码 地区 行政区 政区",
        "areas area divisions administrative_divisions regions",
    ),
    "current": _table(
        "现有结对 现有结对关系 结对 结对关系 结对帮扶关系 当前结对 已有结对 原有结对 原结对 "
        "目前结对 上年结对",
        "current current_pairs incumbent_pairs incumbents existing_pairs",
    ),
    "locks": _table(
        "锁定 锁定结对 锁定关系 固定结对 指定结对",
        "locks lock locked locked_pairs fixed_pairs",
    ),
    "bans": _table(
        "禁配 禁止结对 禁配关系 禁止配对 不可结对 回避 回避关系",
        "bans ban banned banned_pairs forbidden_pairs",
    ),
    "adjustments": _table(
        "调整 公里调整 里程调整 距离调整 人工调整 增减公里",
        "adjustments adjustment adjusted_pairs",
    ),
    "policy": _names("政策 政策参数 政策文件 策略 参数", "policy policies"),
}

ANSWERS = "answers"
"""What lists that come back are called, which are no table."""

# -- columns that several tables have
_CODES = ("编号", "编码", "代码", "ID")
_LON = _names(
    "经度 东经 经度坐标 坐标经度 所在地经度 居住地经度 办公地经度",
    "lon longitude lng long lon_deg",
)
_LAT = _names(
    "纬度 北纬 纬度坐标 坐标纬度 所在地纬度 居住地纬度 办公地纬度",
    "lat latitude lat_deg",
)
_AREA_STEMS = (
    "区划 行政区划 地区 行政区 政区 所在区划 所在行政区划 所在地区 所在地区划 所在地 所属区划 "
    "所属地区 所属行政区划 居住地区划 居住地区 常住地区划 单位区划 工作地区划 驻村区划 统计用区划"
)
_AREA = _names(
    _joined(_AREA_STEMS, ("代码", "编码", "编号", "ID")),
    "area area_code area_id area_no division_code region_code admin_code adcode location_code "
    "administrative_division_code",
    "区划 行政区划 所在区划 所在行政区划 所在地区 所属地区 地区 行政区 所在村代码 村代码 "
    "户籍地区划代码 "
    "division region",
)
_UNIT_STEMS = (
    "单位 所在单位 所属单位 工作单位 帮扶单位 派出单位 干部单位 部门 所在部门 所属部门 机构 "
    "组织机构 "
    "所属机构"
)
_UNIT = _names(
    f"{_joined(_UNIT_STEMS, _CODES)} 单位号",
    "unit_id unit_code unit_no unit_number department_id department_code dept_id dept_code "
    "organisation_id organization_id org_id org_code",
    "单位 所在单位 所属单位 工作单位 帮扶单位 单位名称 所在单位名称 工作单位名称 机构名称 部门 "
    "unit_name",
)
_CADRE = _names(
    _joined("干部 帮扶干部 结对干部 帮扶人 帮扶责任人 责任人 包户干部", _CODES)
    + " 干部号 帮扶干部号",
    "cadre_id cadre_no cadre_number cadre_code helper_id",
)
_RECIPIENT = _names(
    _joined(
        "对象 关爱对象 帮扶对象 结对对象 受助对象 受助人 被帮扶人 救助对象 服务对象 关爱帮扶对象",
        _CODES,
    )
    + " 对象号",
    "recipient_id recipient_no recipient_number recipient_code beneficiary_id beneficiary_no",
)
_PAIR = {"recipient_id": _RECIPIENT, "cadre_id": _CADRE}
_WHY = {
    "reason": _names(
        "原因 理由 事由 锁定原因 锁定理由 禁配原因 禁配理由",
        "reason why",
        "说明 备注 remark remarks note notes comment",
    ),
    "author": _names(
        "经办人 经办人编号 经办人ID 经办编号 经办人员 经办 操作人编号 操作员 录入人编号 提出人编号",
        "author author_id entered_by operator_id",
    ),
}
# a number of its own in a table of its own
_KEY = "编号 编码 代码 ID code no number"


def _keyed(names: Names, loose: str) -> Names:
    return Names(names.chinese, names.english, (*names.loose, *loose.split()))


COLUMNS: Mapping[str, Mapping[str, Names]] = {
    "cadres": {
        "cadre_id": _keyed(
            _CADRE,
            f"{_KEY} 人员编号 人员编码 职工编号 工号 staff_id staff_no employee_id person_id",
        ),
        "unit_id": _UNIT,
        "rank": _names(
            "职级 干部职级 干部级别 职务职级 职级层次",
            "rank cadre_rank grade job_grade rank_level",
            "级别 职务级别 职务层次 行政级别 level",
        ),
        "area": _AREA,
        "lon": _LON,
        "lat": _LAT,
        "capacity": _names(
            "帮扶上限 最多帮扶 最多帮扶人数 最多帮扶数 最多帮扶户数 最大帮扶数 最大帮扶人数 "
            "帮扶人数上限 "
            "帮扶户数上限 帮扶容量 帮扶名额 结对上限 结对人数上限 最多结对 最多结对数 最多结对人数 "
            "可帮扶人数 可帮扶数 可结对人数 可结对数 上限",
            "capacity max_load maximum_load max_recipients maximum_recipients most_recipients "
            "limit",
        ),
        "min_load": _names(
            "最少帮扶 最少帮扶人数 最少帮扶数 最少帮扶户数 最小帮扶数 最低帮扶数 最低帮扶人数 "
            "至少帮扶 "
            "帮扶下限 帮扶人数下限 结对下限 结对人数下限 最少结对 最少结对数 最少结对人数 下限",
            "min_load minimum_load min_recipients minimum_recipients least_recipients",
        ),
    },
    "recipients": {
        "recipient_id": _keyed(_RECIPIENT, f"{_KEY} 人员编号 人员编码 person_id"),
        "category": _names(
            "类别 对象类别 关爱对象类别 帮扶对象类别 关爱类别 救助类别 群体类别 人员类别 困难类别 "
            "类型 "
            "对象类型 关爱对象类型 帮扶对象类型 人员类型 困难类型",
            "category recipient_category recipient_type type kind",
        ),
        "area": _AREA,
        "lon": _LON,
        "lat": _LAT,
        "household_id": _names(
            _joined("户 家庭 家庭户 所在户 住户 农户 所属家庭", _CODES) + " 户号 家庭号",
            "household_id household_no household_number household_code household family_id",
        ),
        "demand": _names(
            "需要干部数 需要干部 需要干部人数 所需干部数 所需干部人数 所需干部 需要帮扶干部数 "
            "需求干部数 "
            "需要人数 所需人数 需求人数 需求数",
            "demand cadres_wanted cadres_needed number_of_cadres",
            "需求",
        ),
        "priority": _names("优先级 优先度 优先分 优先权重", "priority priority_weight"),
    },
    "units": {
        "unit_id": _keyed(_UNIT, _KEY),
        "level": _names(
            "级别 单位级别 单位层级 单位层次 层级 级次 行政级别 单位行政级别",
            "level unit_level tier grade",
        ),
        "area": _AREA,
        "lead_unit_id": _names(
            f"牵头单位 组长单位 {_joined('牵头单位 组长单位 牵头部门', _CODES)}",
            "lead_unit_id lead_unit lead_unit_code lead_unit_no parent_unit_id",
            f"主管单位 上级单位 主管部门 {_joined('主管单位 上级单位 主管部门', _CODES)}",
        ),
        "sponsors": _names(
            "帮扶地区 帮扶区划 责任地区 帮扶责任地区 帮扶县区 包联地区 对口帮扶地区 "
            "定点帮扶地区 "
            + _joined(
                "帮扶地区 帮扶区划 责任地区 帮扶责任地区 帮扶县区 对口帮扶地区", ("代码", "编码")
            ),
            "sponsors sponsored_areas sponsored_area_codes areas_served serves",
        ),
    },
    "areas": {
        "area": _keyed(_AREA, "编号 编码 代码 ID code"),
        "parent": _names(
            _joined(
                "上级区划 上级 上级行政区划 上级地区 上级行政区 所属上级 父级 父级区划 隶属区划",
                ("代码", "编码", "编号", "ID"),
            )
            + " 上级 上级区划 上级行政区划 上级地区 父代码",
            "parent parent_area parent_code parent_id parent_area_code superior_code",
        ),
        "level": _names(
            "级别 区划级别 行政级别 行政区划级别 区划层级 行政层级 层级 级次 等级",
            "level area_level admin_level administrative_level tier",
        ),
        "name": _names(
            "名称 区划名称 行政区划名称 地区名称 行政区名称 政区名称 地名",
            "name area_name region_name",
        ),
        "lon": _LON,
        "lat": _LAT,
    },
    "current": _PAIR,
    "locks": {**_PAIR, **_WHY},
    "bans": {**_PAIR, **_WHY},
    "adjustments": {
        **_PAIR,
        "extra_km": _names(
            "增减公里 增减公里数 增减里程 加减公里 加减公里数 调整公里 调整公里数 调整里程 "
            "增加公里 "
            "增加公里数 附加公里 附加公里数 公里 公里数",
            "extra_km extra_kilometres extra_kilometers adjustment_km km kilometres kilometers",
        ),
    },
}

RETURNED: Mapping[str, Names] = {
    **_PAIR,
    "answer": _names(
        "答复 答复结果 答复意见 确认 确认意见 确认结果 确认情况 是否确认 是否同意 是否接受 "
        "同意与否 回复 "
        "回复意见 反馈 反馈意见 反馈结果 单位意见 单位答复 确认或退回",
        "answer reply response decision confirmed confirmation confirm_or_reject",
        "意见 结果",
    ),
    "reason": _names(
        "原因 理由 事由 退回原因 退回理由 不同意原因 不同意理由 拒绝原因 原因说明",
        "reason why reason_for_rejection",
        "说明 备注 remark remarks note notes comment",
    ),
    "author": _names(
        "经办人 经办人编号 经办人ID 经办编号 经办人员 经办 操作人编号 操作员 填报人编号 确认人编号",
        "author author_id answered_by entered_by operator_id",
    ),
}
"""Columns of lists that offices were given, and have sent back."""
