"""What a workbook to fill in says, in Chinese."""

from collections.abc import Mapping

WORKBOOK: Mapping[str, str] = {
    # names of a sheet that the reader passes over, and of the file
    "read_me": "说明",
    "file_name": "结对表格.xlsx",
    "example": "示例-",
    "title": "结对数据填报：填好各工作表并保存，再运行 pairmatch check {file}",
    "needed": "必填的工作表：{needed:list}。其余工作表可以不填，也可以删去。",
    "never": "任何一列都不得填写姓名、身份证号、电话、出生日期、详细住址。每人只用一个编号，"
    "这个编号在别处没有含义。",
    "ids": "编号和代码都是文本，逐字比较：007 与 7 不同。每人只填一行。",
    "examples": "编号以“{example}”开头的是示例行，不会读入，可以保留。",
    "like_reason": "双方已商定",
    "like_name": "城关区",
    "sheet": "工作表",
    "column": "列",
    "need": "是否必填",
    "use": "含义",
    "default": "不填时",
    "like": "示例",
    "required": "必填",
    "optional": "选填",
    "choose": "可选：{names:list}。",
    "header_required": "{use}必填。示例：{like}",
    "header_optional": "{use}不填时：{default}。示例：{like}",
    # of a report of a check; the reader passes over sheets and columns of these names
    "check_results": "检查结果",
    "failures": "错误清单",
    "problem": "问题",
    "found_failures": "错误共 {count:,} 处",
    "mend": "在各表中改正红色单元格并保存，再运行 pairmatch check {file}",
    "cut": "错误清单只列出前 {most:,} 处。",
    "found_doubts": "黄色的是疑点：不是错误，但请核对。",
    "beside": "{column}：{found} → {advice}",
    "and_then": "；",
    "kind": "种类",
    "table": "表",
    "count": "处数",
    "found": "是什么",
    "advice": "怎么办",
    "file": "文件",
    "row": "行",
    "here": "在本工作簿中",
}

TABLE_USES: Mapping[str, str] = {
    "cadres": "每名可以参加帮扶的干部一行。",
    "recipients": "每名关爱对象一行；同一户的人写同一个户编号。",
    "units": "每个干部所在单位一行。",
    "areas": "每个行政区划一行，从最高一级到乡镇或村。",
    "current": "目前每一对结对关系一行；尽量保留。",
    "locks": "每一对必须结对的一行。",
    "bans": "每一对不得结对的一行。",
    "adjustments": "每一对要增减代价的一行。",
}

_LON = "东经度数，WGS84 坐标；经度和纬度要么都填，要么都不填。"
_LAT = "北纬度数，WGS84 坐标；经度和纬度要么都填，要么都不填。"
_REASON = "原因；不写个人情况。"
_AUTHOR = "经办人的编号，不写姓名。"
_PAIR_RECIPIENT = "对象编号，与工作表“对象”一致。"
_PAIR_CADRE = "干部编号，与工作表“干部”一致。"

COLUMN_USES: Mapping[str, str] = {
    "cadres.cadre_id": "干部的编号，不重复，不用身份证号。",
    "cadres.unit_id": "所在单位的编号，与工作表“单位”一致。",
    "cadres.rank": "职级，决定可以帮扶哪类对象、最多几个。",
    "cadres.area": "工作所在地的区划代码。",
    "cadres.lon": _LON,
    "cadres.lat": _LAT,
    "cadres.capacity": "最多帮扶几个对象；填 0 表示不参加。",
    "cadres.min_load": "最少帮扶几个对象，不超过帮扶上限。",
    "recipients.recipient_id": "对象的编号，不重复，不用身份证号。",
    "recipients.category": "对象类别，决定由哪些干部帮扶。",
    "recipients.area": "居住地的区划代码。",
    "recipients.lon": _LON,
    "recipients.lat": _LAT,
    "recipients.household_id": "户的编号，同一户的人填同一个编号。",
    "recipients.demand": "需要几名干部。",
    "recipients.priority": "整数；名额不足时，数大的先安排。",
    "units.unit_id": "单位的编号，不重复。",
    "units.level": "单位的级别。",
    "units.area": "单位所在地的区划代码。",
    "units.lead_unit_id": "牵头单位的编号。",
    "units.sponsors": "单位的帮扶责任地区的区划代码，几个之间用“;”隔开。",
    "areas.area": "区划代码，不重复。",
    "areas.parent": "上一级区划的代码；最高一级不填。",
    "areas.level": "区划的级别。",
    "areas.name": "区划的名称，用于报告。",
    "areas.lon": _LON,
    "areas.lat": _LAT,
    "current.recipient_id": _PAIR_RECIPIENT,
    "current.cadre_id": _PAIR_CADRE,
    "locks.recipient_id": _PAIR_RECIPIENT,
    "locks.cadre_id": _PAIR_CADRE,
    "locks.reason": _REASON,
    "locks.author": _AUTHOR,
    "bans.recipient_id": _PAIR_RECIPIENT,
    "bans.cadre_id": _PAIR_CADRE,
    "bans.reason": _REASON,
    "bans.author": _AUTHOR,
    "adjustments.recipient_id": _PAIR_RECIPIENT,
    "adjustments.cadre_id": _PAIR_CADRE,
    "adjustments.extra_km": "这一对的代价增加的公里数；减少时填负数。",
}

DEFAULTS: Mapping[str, str] = {
    "nothing": "无",
    "area_of_unit": "用单位的区划",
    "place_of_area": "用区划的坐标",
    "place_above": "用上级区划的坐标",
    "most_of_policy": "按政策（{most}）",
    "number": "{number}",
    "alone": "自成一户",
    "nobody_sponsors": "不限责任地区",
}
