"""What is doubtful, in Chinese: what it is, and what to do."""

from collections.abc import Mapping

_TWO_SYSTEMS = (
    "核对代码和名称；统计用代码与民政部门的乡镇代码不同，"
    "要按县和名称对应，不能按代码对应（{names:list}）"
)

DOUBTS: Mapping[str, tuple[str, str]] = {
    "likely_same_recipient": (
        "关爱对象可能重复登记，共 {count:,} 行：编号相近，其余各列相同（{names:list}）",
        "各留一行；确是两人的不用改",
    ),
    "likely_same_household": (
        "可能是同一户，共 {count:,} 行：地点相同，户编号相近（{names:list}）",
        "同住一户的人用同一个户编号",
    ),
    "household_in_two_areas": (
        "同一户的人在不同区划，共 {count:,} 行",
        "改正区划或户编号；分开居住的另编一户",
    ),
    "unit_without_cadres": (
        "没有干部、也不牵头的单位：{count:,} 个（{names:list}）",
        "本来就不派干部的不用改；否则请补上这些单位的干部",
    ),
    "cadre_and_recipient": (
        "干部编号与对象编号相同：{count:,} 个（{names:list}）",
        "核对是否同一人列入了两张表；只是各自编号的不用改",
    ),
    "retired_area": (
        "县（区、市）的代码已停用，或是其下区划的代码：{count:,} 个",
        "各表都改用现行代码（{names:list}）",
    ),
    "area_named_otherwise": (
        "代码在公布的区划表中是另一个地名：{count:,} 个",
        _TWO_SYSTEMS,
    ),
}
