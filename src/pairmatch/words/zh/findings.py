"""Findings in Chinese: by kind, what was found and what to do."""

from collections.abc import Mapping

from pairmatch.words.zh.answers import ANSWER_FINDINGS

_Words = tuple[str, str]

_CHECK = "核对路径，以及文件是怎样保存的"
_IDS = "改用只在本系统内有意义的编号；不得使用个人的号码"
_TEXTS = "把号码从文本中删去；任何表都不得含有个人的号码"
_COLUMNS = "给出列名的清单"
_WITHOUT_HEADER = "第一行写列名；这张表的列是 {names:list:column}"
_ALONE = "只给政策参数本身"
_LEAST = "填写不小于 {least} 的数"
_BESIDE = "去掉其中一列{or_attribute:phrase}"

_UNKNOWN: Mapping[str, str] = {
    "unknown_area": "核对代码；确有这个区划的，在区划表（areas）中加上（{known:phrase}）",
    "unknown_cadre": "核对编号；干部已不在的，删去这一行",
    "unknown_category": "从下列类别中选一个（方案情景中写括号里的代码；要增加，写在政策参数的 "
    "categories 中）：{names:list:category}",
    "unknown_lead_unit": "加一行写明牵头单位",
    "unknown_level": "从下列级别中选一个：{names:list:area_level}",
    "unknown_parent": "加一行写明上级区划",
    "unknown_rank": "从下列职级中选一个（方案情景中写括号里的代码；要增加，写在政策参数的 "
    "ranks 中）：{names:list:rank}",
    "unknown_recipient": "核对编号；对象已不在的，删去这一行",
    "unknown_unit": "核对编号；确有这个单位的，在单位表（units）中加上",
}

_NOT_FOUND: Mapping[str, str] = {
    "unknown_area": "区划表中没有这个区划代码",
    "unknown_cadre": "干部表中没有这个干部编号",
    "unknown_category": "没有这个对象类别",
    "unknown_lead_unit": "单位表中没有这个牵头单位",
    "unknown_level": "没有这个级别",
    "unknown_parent": "区划表中没有这个上级区划代码",
    "unknown_rank": "没有这个职级",
    "unknown_recipient": "对象表中没有这个对象编号",
    "unknown_unit": "单位表中没有这个单位编号",
}

_VALUES: Mapping[str, _Words] = {
    **{code: (_NOT_FOUND[code], advice) for code, advice in _UNKNOWN.items()},
    **{f"{code}.blanks": ("首尾有空白的值，去掉空白就能找到", "去掉空白") for code in _UNKNOWN},
    **{
        f"{code}.dress": (
            "找不到的值，只差大小写、全角半角、空白或看不见的字符",
            "与对应的写法完全一致",
        )
        for code in _UNKNOWN
    },
    **{
        f"unknown_{one}.asked": (
            "求解任务中没有的编号",
            f"用 {one}s 表中的编号；行号指所问编号的次序",
        )
        for one in ("cadre", "recipient")
    },
    "unknown_area.retired": (
        "县（区、市）的代码已停用，或是其下区划的代码",
        "改用现行代码（{names:list}），与区划表一致",
    ),
    "unknown_area.sponsored": (
        "找不到的帮扶责任地区",
        "在区划表（areas）中加上这些区划（{known:phrase}）",
    ),
    "cell_error": (
        "单元格中是表格软件的错误值，例如 #N/A",
        "改正公式，或直接写上数值",
    ),
    "cell_not_computed": (
        "单元格中的公式没有保存计算结果",
        "用表格软件打开工作簿再保存，或直接写上数值",
    ),
    "control_character": (
        "编号中有控制字符或其他看不见的字符",
        "去掉这些字符；看上去相同的两个编号可能就差一个这样的字符",
    ),
    "id_looks_like_id_number": ("值是身份证号，或含有像身份证号的号码", _IDS),
    "id_looks_like_id_number.in_text": ("值是身份证号，或含有像身份证号的号码", _TEXTS),
    "id_looks_like_phone_number": ("值是电话号码，或含有像电话号码的号码", _IDS),
    "id_looks_like_phone_number.in_text": ("值是电话号码，或含有像电话号码的号码", _TEXTS),
    "id_too_long": ("编号超过 {most} 个字符", "改用较短的编号"),
    "negative_number": ("小于 0 的数", _LEAST),
    "not_a_number": ("NaN 或无穷大", "不知道的值留空"),
    "null_value": ("空单元格", "补上内容，或删去这些行"),
    "out_of_range.above": ("大于 {most} 的数", "填写不大于 {most} 的数"),
    "out_of_range.below": ("小于 {least} 的数", _LEAST),
    "wrong_type.area_codes": (
        "应为区划代码，却是{values:phrase}",
        "给出区划代码的清单，或用 ';' 连接的代码",
    ),
    "wrong_type.attribute": ("附加属性是{values:phrase}", "附加属性用文本或数"),
    "wrong_type.cells": (
        "值不是{wanted:phrase}",
        "填写{wanted:phrase}；要用默认值就留空",
    ),
    "wrong_type.id": ("{given}，不是编号", "编号用文本"),
    "wrong_type.ids": ("不是编号的清单", "给出编号的清单，每个编号用文本"),
    "wrong_type.mixed": (
        "单元格的类型与该列其余的不同",
        "同一列的单元格用同一类型；编号用文本",
    ),
    "wrong_type.text": (
        "应为文本，却是{values:phrase}",
        "把这一列按文本读入（否则编号开头的 0 会丢失）",
    ),
}

_ROWS: Mapping[str, _Words] = {
    "area_cycle": ("区划的上级又回到自己", "改正这一圈区划的上级"),
    "area_level_order": (
        "上级区划的行政层级不比本级高",
        "上级须排在更左边：{names:list:area_level}",
    ),
    "capacity_below_min_load": (
        "帮扶下限（min_load）大于帮扶上限（本人的、职级的或默认的）",
        "提高帮扶上限，或降低帮扶下限（min_load）",
    ),
    "coordinate_incomplete": ("经度（lon）与纬度（lat）只有一个", "两个都填，或都不填"),
    "coordinate_out_of_range": (
        "度数超出 {limit}",
        "填写 WGS84 的度数，不是投影后的米数",
    ),
    "coordinates_swapped": (
        "纬度超过 90 度，经度却像是纬度",
        "经度（lon）是东经度数，甘肃为 92 至 109；纬度（lat）是北纬度数，32 至 43",
    ),
    "duplicate_id": ("编号在前面的行中已有", "每个编号只对应一个，只占一行"),
    "duplicate_id.elsewhere": (
        "编号在另一处也有：{file}{sheet:quoted}，{cells:all}",
        "每个编号只写一行；已经转走的人只留在一处",
    ),
    "duplicate_pair.elsewhere": (
        "结对在另一处也有：{file}{sheet:quoted}，{cells:all}",
        "每一对只写一行",
    ),
    "duplicate_pair": ("结对在前面的行中已有", "每一对只留一行"),
    "lead_unit_cycle": ("单位的牵头单位又回到自己", "改正这一圈单位的牵头单位"),
    "lock_and_ban": ("锁定的结对又被禁配", "取消锁定或禁配"),
    "no_area": ("干部没有所在区划，其单位也没有", "填写干部或其单位的区划"),
    "no_location": (
        "人没有坐标点，所在区划及其各级上级也没有",
        "填写经度（lon）和纬度（lat），或给该区划或其上级填写坐标点",
    ),
}

_AS_TEXT = "先把这一列设为文本格式，再重新填写编号"
_DAMAGED: Mapping[str, _Words] = {
    "damaged_cell.apostrophe": (
        "编号前面有撇号，多半是表格软件的文本标记",
        "去掉撇号",
    ),
    "damaged_cell.date": (
        "应是编号而是日期：多半是表格软件把 3-1 之类的编号当成了日期",
        _AS_TEXT,
    ),
    "damaged_cell.decimal": (
        "整数后面带 .0：多半是程序把编号当成了数字",
        "按文本读取这一列（否则编号前面的零会丢失）",
    ),
    "damaged_cell.digits": (
        "超过 15 位的数字，表格软件只保留 15 位",
        _AS_TEXT,
    ),
    "damaged_cell.exponent": (
        "6.2E+11 之类的数字：表格软件把位数多的编号缩短了",
        _AS_TEXT,
    ),
    "damaged_cell.formula": (
        '编号写成了公式，如 ="007"',
        "把列设为文本格式，只写编号",
    ),
    "damaged_cell.truth": (
        "应是编号而是 TRUE 或 FALSE：多半是表格软件误认了文本",
        _AS_TEXT,
    ),
    "ids_alike": (
        "编号之间只差大小写、全角半角、空白或看不见的字符",
        "若是同一个，统一写法；若不是，换用差别更明显的编号",
    ),
    "not_repaired.wide_signs": (
        "YAML 中用了全角的冒号、逗号等符号",
        "改用半角符号，或不用 strict 读取",
    ),
    **{
        f"not_repaired.{code}": (found, "改正这些单元格，或不用 strict 读取")
        for code, found in (
            ("apostrophe", "值的前面有撇号"),
            ("blanks", "值的首尾有空白，或有看不见的字符"),
            ("decimal", "整数后面带 .0"),
            ("degrees", "经纬度带有符号、分秒或方向"),
            ("exponent", "整数写成了指数形式"),
            ("formula", '值写成了公式，如 ="007"'),
            ("measure", "数字后面带有单位或量词"),
            ("nothing", "单元格中是 -、无、N/A 之类，表示没有"),
            ("numeral", "中文数字"),
            ("reference", "编号的大小写或全角半角与所属的表不一致"),
            ("separator", "几个代码之间不是用 ';' 分隔"),
            ("thousands", "数字中间有逗号"),
            ("width", "全角的字母、数字或符号"),
        )
    },
}

_COLUMN_NAMES: Mapping[str, _Words] = {
    "bad_header": ("文件没有表头", "第一行写出每一列的列名"),
    "bad_header.not_utf8": ("列名不是 UTF-8 编码", "列名用 UTF-8 编码"),
    "bad_header.same": (
        "有两列都是指这一列（{names:all}）",
        "只留一列，或给另一列换个名称",
    ),
    "bad_header.separators": ("列与列之间不是逗号", "保存文件时用逗号分隔各列"),
    "bad_header.title": (
        "第一行只有一格，像是标题，而不是列名",
        "删去列名上面的行，或按文件夹、工作簿整体读取",
    ),
    "bad_header.twice": ("列名重复", "每一列用不同的列名"),
    "missing_column": ("没有这一列", "加上这一列；说明各表的那一页写明每列是什么"),
    "missing_column.all": ("没有这一列", _WITHOUT_HEADER),
    "misspelt_column": (
        "有一列的列名与它相近{given:quoted}",
        "改名为 {meant}；如果是另一列，就换一个列名{or_attribute:phrase}",
    ),
    "misspelt_column.synonym": (
        "列名与这一列的某个写法相近{given:quoted}",
        "改名为 {meant}；如果是另一列，换个名称{or_attribute:phrase}",
    ),
    "misspelt_column.beside": ("除它以外，还有一列的列名与它相近{given:quoted}", _BESIDE),
    "personal_column": (
        "列名像是个人信息",
        "删去这一列：姓名、号码、住址、出生日期一律不得带入",
    ),
    "unknown_attribute": (
        "干部表（cadres）和对象表（recipients）都没有的列",
        "写干部表（cadres）或对象表（recipients）中的列名",
    ),
    "wrong_type.attribute_name": ("{given}，不是列名", _COLUMNS),
    "wrong_type.attributes": ("应为列名，却是 {given}", _COLUMNS),
}

_FILES: Mapping[str, _Words] = {
    "bad_encoding": (
        "含有不是 UTF-8 编码的字节",
        "把文件保存为 UTF-8 编码（表格软件中叫“CSV UTF-8”）",
    ),
    "bad_encoding.none": (
        "不是 UTF-8、UTF-16、国标（GB18030）中的任何一种编码",
        "另存为 .xlsx，或保存为 UTF-8 编码（表格软件中叫“CSV UTF-8”）",
    ),
    "bad_encoding.unlikely_letters": (
        "含有办公中不会用到的字母：多半是 GB18030 编码，却被读作了 UTF-8",
        "另存为 .xlsx，或保存为 UTF-8 编码（表格软件中叫“CSV UTF-8”）",
    ),
    "bad_encoding.policy": ("含有不是 UTF-8 编码的字节", "把文件保存为 UTF-8 编码"),
    "bad_encoding.utf16": ("文本是 UTF-16 编码，不是 UTF-8", "保存为 UTF-8 编码{how:phrase}"),
    "missing_table": (
        "没有这张表的文件或工作表",
        "加上名为“{wanted:table}”的工作表或文件，例如 {wanted:table}.xlsx",
    ),
    "misspelt_file.rename": (
        "有一个文件的名称与这张表相近（{file}）",
        "改名为 {wanted}；如果是别的文件，就移走或换一个名称",
    ),
    "misspelt_file.save": (
        "有一个文件的名称像是这张表，但不能读（{file}）",
        "另存为 {wanted}；如果是别的文件，就移走或换一个名称",
    ),
    "not_a_file": ("应为文件，却是{what:phrase}", "把其中的内容保存为文件"),
    "not_a_file.url": ("应为文件的路径，却是网址", "先保存为文件；程序不从网上取任何内容"),
    "out_of_memory": (
        "超出剩余内存所能容纳",
        "关闭其他程序，把表存为 Parquet，或换内存更大的机器",
    ),
    "not_repaired.footer": ("表下方有填表人等说明行", "删去"),
    "not_repaired.merged_cells": ("表头下方有合并的单元格", "取消合并，每格都写上"),
    "not_repaired.repeated_header": ("有重复的表头行", "删去"),
    "not_repaired.total_row": ("有合计行", "删去"),
    "ragged_row": (
        "单元格的个数与表头的 {cells} 个不同",
        "含有逗号的单元格加引号，每行的单元格个数要相同",
    ),
    "too_many_bytes": (
        "文件或解开后的内容超过 {most:,} 字节",
        "删去用不到的列；内存够用时也可提高 max_bytes",
    ),
    "ragged_row.quotes": (
        "一个单元格中含有整行数据：引号缺了一个或多了一个",
        "改正这一行的引号；单元格中的那些行没有读入",
    ),
    "too_many_columns": ("超过 {most:,} 列", "删去最右边远处的内容；空格和格式也算"),
    "too_many_rows": ("超过 {most:,} 行", "把表拆开；确实需要这些行时提高 max_rows"),
    "two_policies": (
        "{count} 处的政策参数互不相同（{names:list}）",
        "全部用同一份政策参数，放在各文件夹旁边",
    ),
    "two_sheets": ("同一张表有 {count} 个工作表（{names:list}）", "只留一个"),
    "two_files": ("同一张表有 {count} 个文件（{names:list}）", "只留一个"),
    "unreadable_file.content": ("文件的内容与其扩展名不符，读不出来", _CHECK),
    "unreadable_file.folder": ("应为文件，却是文件夹", "写明其中的文件"),
    "unreadable_file.folder_permission": ("没有读取这个文件夹的权限", "请其所有者授权"),
    "unreadable_file.missing": ("没有这个文件", _CHECK),
    "unreadable_file.no_folder": ("没有这个文件夹", "核对路径"),
    "unreadable_file.not_a_folder": (
        "应为文件夹或 .xlsx 工作簿，却是别的文件",
        "写明各表所在的文件夹；表格文件先另存为 .xlsx",
    ),
    "unreadable_file.nowhere": ("路径不通", _CHECK),
    "unreadable_file.other_kind": ("{what:phrase}", "{how:phrase}"),
    "unreadable_file.permission": (
        "没有读取这个文件的权限",
        "请其所有者授权；文件若在别处打开，先关闭",
    ),
    "unreadable_file.system": ("系统读不出这个文件（{why:system}）", "检查磁盘"),
    "unsupported_format.not_installed": (
        "读取工作簿需要 fastexcel 包",
        "安装 pairmatch-engine[excel]，或把每个工作表另存为“CSV UTF-8”",
    ),
    "which_sheet": (
        "有 {count} 个工作表，没有一个以这张表命名",
        "按表命名工作表，或只在工作簿中留一个",
    ),
    "unsupported_format": (
        "文件的类型不对",
        "把表保存为 {names:list} 之一（CSV 用 UTF-8 编码）",
    ),
    "unsupported_format.ending": (
        "文件的扩展名是 {ending}",
        "把表保存为 {names:list} 之一（CSV 用 UTF-8 编码）",
    ),
    "wrong_type.table": (
        "{given}，不是表",
        "给出路径、Arrow 的表或流、数据框、各列等长的映射，或逐行给出 {model} 或映射",
    ),
}

# of policies and scenarios alike
_FIELDS: Mapping[str, _Words] = {
    "above": ("数大于 {le}", "填写不大于 {le} 的数"),
    "alias": ("有锚点或别名", "写出它所代表的内容"),
    "at_most": ("数不大于 {gt}", "填写大于 {gt} 的数"),
    "below": ("数小于 {ge}", "填写不小于 {ge} 的数"),
    "bool": ("应为数，却是真假值", "填写一个数"),
    "brackets": ("内容不是 YAML", "检查日期和括号"),
    "decimals": ("小数多于 {decimal_places} 位", "小数最多 {decimal_places} 位"),
    "digits": ("数的位数太多", "填写位数较少的数"),
    "empty_list": ("清单中一项也没有", "至少给出 {min_length} 项"),
    "infinite": ("NaN 或无穷大", "填写一个数"),
    "itself": ("内容包含自身", "逐项写出"),
    "key": ("字段名不是文本", "此处的字段是 {fields:list}"),
    "list": ("不是清单", "给出清单，只有一项也要写成清单"),
    "long_value": ("值超过 {most:,} 个字符", "写得短些"),
    "mapping": ("不是映射", "写出名称，每个名称带一个值"),
    "missing": ("缺少一个字段", "补上"),
    "no_fields": ("不是由字段组成的映射", "每个字段写成名称、冒号和值"),
    "number": ("不是数", "填写一个数"),
    "other_value": ("不是可用的值", "填写 {names:or}"),
    "part": ("不是一组字段", "写出这一部分的字段：{fields:list}"),
    "text": ("不是文本", "填写文本；看上去像数的要加引号"),
    "twice": ("同一个字段写了两次", "每个字段只写一次"),
    "unknown_field": ("没有这个字段", "{perhaps:phrase}此处的字段是 {fields:list}"),
    "whole": ("不是整数", "填写整数，不带小数"),
    "yaml": ("内容不是 YAML", "检查该处及其前面的冒号、缩进、引号和括号"),
}

_POLICY: Mapping[str, _Words] = {
    **{f"bad_policy.{kind}": words for kind, words in _FIELDS.items()},
    "bad_policy": ("值不合要求", "见政策参数那一页，其中有各字段、类型和默认值"),
    "bad_policy.deep": ("括号嵌套超过 {most} 层", "政策参数不需要嵌套"),
    "bad_policy.entries": ("超过 {most:,} 项", _ALONE),
    "bad_policy.falling": ("各级越来越小", "后一名对象增加的负担不得小于前一名"),
    "bad_policy.label": (
        "名称为空、超过 {most} 个字符或含有个人的号码",
        "写一个简短的名称",
    ),
    "bad_policy.long_text": ("文本超过 {most:,} 个字符", _ALONE),
    "bad_policy.order": ("集合没有次序", "给出清单"),
    "bad_policy.repeated": ("名称为空，或重复", "每个名称只写一次，不得为空"),
    "bad_policy.unknown_category": (
        "对象类别不在政策参数的 categories 之中",
        "用下列之一，或在 categories 中加上：{names:list:category}",
    ),
    "bad_policy.unknown_rank": (
        "职级不在政策参数的 ranks 之中",
        "用下列之一，或在 ranks 中加上：{names:list:rank}",
    ),
}

_ALONE_TOO = "只给名称本身"
_USER_NAMES: Mapping[str, _Words] = {
    **{
        f"bad_columns.{kind}": _FIELDS[kind]
        for kind in (
            *("alias", "brackets", "long_value", "mapping", "no_fields", "text", "twice"),
            *("unknown_field", "yaml"),
        )
    },
    "bad_columns.deep": ("括号套括号超过 {most} 层", _ALONE_TOO),
    "bad_columns.entries": ("超过 {most:,} 项", _ALONE_TOO),
    "bad_columns.label": _POLICY["bad_policy.label"],
    "bad_columns.long_text": ("文本超过 {most:,} 个字符", _ALONE_TOO),
    "bad_columns.personal_name": (
        "名称像是个人信息的列名",
        "删去：姓名、号码、住址、出生日期一律不得带入",
    ),
    "bad_columns.two_meanings": (
        "这个名称还有别的意思",
        "让它只指一样东西，或在表中改名",
    ),
    "bad_columns.unknown_category": _POLICY["bad_policy.unknown_category"],
    "bad_columns.unknown_rank": _POLICY["bad_policy.unknown_rank"],
}

_SPLIT = "拆成几份，或用单独的文件替换整张表"
_EDITS: Mapping[str, _Words] = {
    **{f"bad_edit.{kind}": words for kind, words in _FIELDS.items()},
    "bad_edit": ("值不合要求", "见改动那一页，其中写明每种 op 需要什么"),
    "bad_edit.deep": ("括号嵌套超过 {most} 层", "情景不需要嵌套"),
    "bad_edit.empty_set": ("没有新的值", "写明要改哪些，各改成什么值"),
    "bad_edit.entries": ("超过 {most:,} 项", _SPLIT),
    "bad_edit.key_column": (
        "这一列用来区分各行，不能改",
        "删去这一行，再用另一个编号加一行",
    ),
    "bad_edit.long_text": ("文本超过 {most:,} 个字符", _SPLIT),
    "bad_edit.no_edit": (
        "不是改动",
        "给出改动、带 op 的映射或情景，各作为一个参数",
    ),
    "bad_edit.no_path": (
        "政策参数中没有这个路径",
        "写字段的路径，例如 load.default_capacity",
    ),
    "bad_edit.other_attributes": (
        "两个求解任务的附加属性不同",
        "读入两个求解任务时用相同的附加属性",
    ),
    "bad_edit.unknown_column": (
        "表中没有的列（{given:all}）",
        "去掉这些列；这张表的列是 {names:all}",
    ),
    "bad_edit.unknown_op": ("没有 op，或没有这种 op", "填写 {names:list} 之一"),
    "duplicate_id.edited": (
        "编号已经有了",
        "修改已有的那一行，或给新的一行另一个编号",
    ),
    "duplicate_pair.edited": ("结对已经有了", "去掉这些结对"),
    **{
        f"unknown_{one}.edited": (
            "编号不存在，或已被前面的改动删去",
            f"用前面的改动之后 {one}s 表中的编号",
        )
        for one in ("cadre", "recipient", "unit", "area")
    },
    "unknown_pair": (
        "结对不存在，或已被前面的改动删去",
        "用前面的改动之后表中的结对",
    ),
}

_OPTIONS: Mapping[str, _Words] = {
    "nobody_named": ("没有指明要解释谁", "给出 recipient_id、cadre_id 或两者"),
    "closed_executor": ("线程池已不再接受任务", "{wanted:phrase}"),
    "folder_taken": ("不是空的", "换一个文件夹，或先清空"),
    "unknown_area.asked": (
        "没有人居住或工作、表中也没有的区划",
        "给出区划表中的代码；行号按所给区划的顺序计",
    ),
    "overlapping_areas.inside": (
        "区划在另一个所给区划之内",
        "只给其中一个；行号按所给区划的顺序计",
    ),
    "overlapping_areas.twice": ("区划给出了两次", "只给一次；行号按所给区划的顺序计"),
    "missing_package": (
        "这种格式需要软件包 {package}，但没有安装",
        "安装 {extra}，或只安装 {package}",
    ),
    "missing_package.plots": (
        "绘图需要软件包 {package}，但没有安装",
        "安装 {extra}，或只安装 {package}",
    ),
    "not_a_number.option": ("NaN", "{wanted:phrase}"),
    "out_of_range.integer": ("整数小于 {least}", "{wanted:phrase}"),
    "out_of_range.limit": ("不是大于 0 的整数", "给出整数，或不写"),
    "out_of_range.option": ("数超出范围", "{wanted:phrase}"),
    "closed_session": ("已经关闭", "在 with 之内使用，或另开一个"),
    "clash_outside": (
        "范围以外必须保留的结对和锁定，与帮扶上限或禁配冲突",
        "把规则有变的区划、单位或人也纳入范围",
    ),
    "needs_start": ("这是重新求解的选项，但没有起始方案", "用 start 给出先前的方案"),
    "too_few_changes": (
        "起始方案中必须变动 {must} 对，却只许变动 {most} 对",
        "允许变动 {must} 对或更多，或撤销使其变动的改动",
    ),
    "unknown_only": (
        "名称不是区划、单位、干部或关爱对象",
        "给出本求解任务的区划代码，或单位、干部、关爱对象的编号",
    ),
    "unsolved_plan": ("方案在求出任何结对之前就已停止", "给更多时间，重新求解"),
    "too_large_for_workbook.cell": (
        "有超过 {most:,} 个字的文本",
        "改用 CSV 或 Parquet：工作簿的单元格放不下更多",
    ),
    "too_large_for_workbook.rows": (
        "超过 {most:,} 行",
        "改用 CSV 或 Parquet：工作簿的工作表放不下更多",
    ),
    "unknown_name": ("没有这个名称", "从 {names:list} 中选一个"),
    "wrong_type.callable": ("{given}，不能调用", "{wanted:phrase}"),
    "wrong_type.cancel": ("{given}，没有 is_set()", "{wanted:phrase}"),
    "wrong_type.executor": ("{given}，不是线程池", "{wanted:phrase}"),
    "wrong_type.instance": ("应为 {needed}，却是 {given}", "{wanted:phrase}"),
    "wrong_type.integer": ("{given}，不是整数", "{wanted:phrase}"),
    "wrong_type.name": ("{given}，不是名称", "从 {names:list} 中选一个"),
    "wrong_type.names": (
        "{given}，不是文本的清单",
        "给出区划代码的清单，或单位、干部、关爱对象编号的清单",
    ),
    "wrong_type.number": ("{given}，不是数", "{wanted:phrase}"),
}

FINDINGS: Mapping[str, _Words] = {
    **_VALUES,
    **_ROWS,
    **_DAMAGED,
    **_COLUMN_NAMES,
    **_FILES,
    **_POLICY,
    **_USER_NAMES,
    **_EDITS,
    **_OPTIONS,
    **ANSWER_FINDINGS,
}
