"""Chinese as a language: all texts, by key, and its grammar."""

from collections.abc import Mapping

from pairmatch.words.language import Language, flat
from pairmatch.words.zh.answers import ANSWERS, OPEN_WHY, ROUND, ROUND_COLUMNS
from pairmatch.words.zh.diff import CAUSES, CHANGE_REASONS, DIFF
from pairmatch.words.zh.doubts import DOUBTS
from pairmatch.words.zh.explanations import CHANGES, EXPLAIN, MOVES, RULES
from pairmatch.words.zh.findings import FINDINGS
from pairmatch.words.zh.grammar import write
from pairmatch.words.zh.help import HELP
from pairmatch.words.zh.lists import (
    LIST_ANSWERS,
    LIST_BY,
    LIST_CHANGES,
    LIST_COLUMNS,
    LIST_COVER,
    LIST_POLICY,
    LIST_REASONS,
    LIST_SHEETS,
    LISTS,
)
from pairmatch.words.zh.names import NAMES
from pairmatch.words.zh.plots import PLOTS
from pairmatch.words.zh.workbook import COLUMN_USES, DEFAULTS, TABLE_USES, WORKBOOK
from pairmatch.words.zh.wrong import WRONG

_PHRASES: Mapping[str, str] = {
    "more": "，另有 {more:,} 个",
    # what is known
    "codes": "表中有 {count:,} 个",
    "codes_nearest": "表中有 {count:,} 个，最相近的是 {names:list}",
    "codes_such": "表中有 {count:,} 个，例如 {names:list}",
    "or_attribute": "，或列入 attributes",
    "perhaps": "也许应为 {nearest}；",
    # kinds of values and files
    "a_number": "数",
    "a_whole_number": "整数",
    "bools": "真假值",
    "fractions": "带小数的数",
    "integers": "整数",
    "nested": "嵌套的值",
    "other_values": "字节或其他类型的值",
    "text": "文本",
    "times": "日期或时间",
    "device": "设备",
    "feather": "内容是 Feather 文件，扩展名却不是",
    "gzip": "用 gzip 压缩的文件",
    "old_spreadsheet": "内容是旧版表格文件（.xls），扩展名却不是",
    "parquet": "内容是 Parquet 文件，扩展名却不是",
    "pipe": "命名管道",
    "socket": "套接字",
    "spreadsheet": "内容是表格文件（.xlsx、.ods）或 .zip，扩展名却不是",
    "zstd": "用 zstd 压缩的文件",
    # what to do with a file of another kind
    "as_xlsx": "用表格软件打开，另存为 .xlsx 或“CSV UTF-8”；只改名称不行",
    "as_text": "把政策参数写成 UTF-8 编码的文本；只改名称不行",
    "not_unicode_text": "（表格软件中选“CSV UTF-8”，不要选“Unicode 文本”）",
    "to_feather": "把扩展名改为 .feather",
    "to_parquet": "把扩展名改为 .parquet",
    "unpack": "先解压",
    # why somebody goes without
    "all_taken": "已全部由他人占用",
    "by_moving": "要腾出名额须先调动他人",
    "eligible": "有 {count:,} 名合格干部",
    "eligible_more": "另有 {count:,} 名合格干部",
    "none_at_all": "一个也没有",
    "places_left": "还空 {places_left:,} 个名额",
    # what an option wants
    "axes_or_none": "给出 matplotlib 的坐标系，或 None 表示新建一幅图",
    "cancel_or_none": "给出带 is_set() 的对象，例如 threading.Event()，或 None",
    "changes_or_none": "给出不小于 0 的整数，不限时用 None",
    "kilometres": "给出 0 至 100,000 之间的公里数",
    "plan_or_none": "给出 Plan，或 None",
    "executor_or_none": "给出未关闭的 concurrent.futures.ThreadPoolExecutor；用 None 则自建线程池",
    "function_or_none": "给出带一个参数的函数，或 None",
    "integer_from_0": "给出不小于 0 的整数",
    "integer_from_0_or_none": "给出不小于 0 的整数，或 None",
    "plan": "给出 solve() 或 Plan.load() 得到的方案",
    "policy": "用 Policy.from_mapping 或 Policy.from_file 建立",
    "problem": "用 Problem.from_tables 建立",
    "tuning": "用 Tuning 建立，或不写",
    "scale": "给出 {smallest} 至 {largest} 之间的数",
    "seconds_or_none": "给出大于 0 的秒数，不限时用 None",
    "share": "给出 0 至 1 之间的比例",
    "threads_or_none": "给出不小于 1 的整数；用 None 则每个核一个线程",
}

_FINDINGS: Mapping[str, str] = {
    # behind what was found: where
    "attribute": "（附加属性第 {attribute} 个）",
    "entry": "（这一部分第 {entry} 项）",
    "edit": "（第 {edit} 项改动）",
    "line": "（第 {line} 行）",
    "noted_rows": "（第 {names:all} 行，共 {count:,} 行{source}）",
    "rows": "，第 {names:all} 行（共 {count:,} 行）",
    "cells": "，单元格 {names:all}（共 {count:,} 格）",
    "in_file": "，{file}",
    "in_sheet": "，工作表 {sheet}",
    "cited": "（{ids:all}）",
    "called": "{called}（{code}）",
    "counted": "{code} {count:,}",
    "finding": "{code}：{where}：{found}{cited}\n    -> {advice}",
    "failures": "输入有 {count:,} 处错误：{counts:all}",
    "more_findings": "另有 {count:,} 类，全部列在 `findings` 中。",
    "how_rows_count": "行号与表格软件中的一致，空行也算；没有表头行的表从 1 数起。",
    "does_not_hold": "方案不成立：",
    "options": "{count:,} 个选项有误",
}

_NOTES: Mapping[str, str] = {
    "above_header": "表头上方有几格内容的行未读：{count:,} 行",
    "area_without_point": "没有坐标点的区划：{count:,} 个",
    "closed_area": "区划关闭，其中的人已删去：{count:,} 名",
    "default_policy": "没有政策参数文件：各字段取默认值",
    "dropped_column": "去掉了不认识的列：{names:list}",
    "emptied_reference": "单元格所指的已被改动删去，单元格已清空：{count:,} 个",
    "gone_pair": "人不在表中，去掉了这些结对：{count:,} 对",
    "example_row": "示例行未读：{count:,} 行",
    "ignored_sheet": "不是表的工作表未读：{names:list}",
    "joined_rows": "几处写得完全一样的行只取一次：{count:,} 行",
    "other_encoding": "文本不是 UTF-8 编码：{names:list}",
    "repaired_footer": "表下方的填表人等说明行未读：{count:,} 行",
    "repaired_merged_cells": "合并的单元格已向下填充：{count:,} 格",
    "repaired_repeated_header": "重复的表头行未读：{count:,} 行",
    "repaired_total_row": "合计行未读：{count:,} 行",
    "unnamed_column": "没有列名的列未读：{names:list}",
    "ignored_file": "不是表的文件未读：{names:list}",
    "inherited_point": "所在区划也没有坐标点，沿用上级坐标的人：{count:,} 名",
    "no_distances": "所有人都没有坐标：距离不计",
    "no_locality": "没有区划表：属地就近不计",
    "no_rows": "表中一行也没有，谁也不会结对：是不是拿错了表？",
    "no_units": "没有单位表：不核对单位编号，也没有帮扶责任地区",
    "point_of_area": "本人没有坐标点，用所在区划坐标的人：{count:,} 名",
    "removed_reference": "所指的已被改动删去，这些行也一并删去：{count:,} 行",
    "repaired_apostrophe": "去掉了值前面的撇号：{count:,}",
    "repaired_blanks": "去掉了值首尾的空白和看不见的字符：{count:,}",
    "repaired_decimal": "整数后面的 .0 已去掉：{count:,}",
    "repaired_degrees": "带符号、分秒或方向的经纬度已换算为小数：{count:,}",
    "repaired_exponent": "指数形式的整数已写成完整的数：{count:,}",
    "repaired_formula": '写成公式的值（如 ="007"）已按原意读取：{count:,}',
    "repaired_measure": "去掉了数字后面的单位或量词：{count:,}",
    "repaired_nothing": "表示没有的单元格（-、无、/ 之类）按空白处理：{count:,}",
    "repaired_numeral": "中文数字已换成数字：{count:,}",
    "repaired_reference": "编号已按所属的表统一写法：{count:,}",
    "repaired_separator": "代码之间的其他分隔符已识别：{count:,}",
    "repaired_thousands": "去掉了数字中间的逗号：{count:,}",
    "repaired_wide_signs": "政策参数中的全角符号已按半角读取：{count:,} 行",
    "repaired_width": "全角字母、数字和符号已换成半角：{count:,}",
    "rounded_to_metres": "四舍五入到整米：{count:,} 个",
    "zero_point": "位于东经 0 度、北纬 0 度，多半是没有填写：{count:,} 个",
}

_STATUSES: Mapping[str, str] = {
    "OPTIMAL": "已证明最优：没有更好的方案。",
    "FEASIBLE": "未证明最优：因到达时限而停止，或只许变动少数结对。方案可以使用。"
    "间隙是最多还能改进多少；没有间隙时，也许还能多帮扶一些人。要得到证明，请给更多时间，或允许更多变动。",
    "INFEASIBLE": "硬性规则（帮扶下限或锁定）互相冲突：方案违反得尽可能少。"
    "诊断中列出了这些规则，请放宽互相冲突的其中一项。",
    "CANCELLED": "求解已取消：方案是到那时为止最好的。间隙是最多还能改进多少；"
    "没有间隙时，也许还能多帮扶一些人。要得到证明，请重新运行。",
    "UNSOLVED": "在得到任何方案之前就已停止：其中的内容都不能使用。请给更多时间。",
}

_REASONS: Mapping[str, str] = {
    "no_eligible_cadre": "按结对资格和帮扶责任地区，可选的干部只有 {allowed:,} 名",
    "out_of_reach": "规则允许的干部有 {allowed:,} 名，其中 {in_reach:,} 名在距离上限以内",
    "banned": "规则允许且在距离以内的干部有 {in_reach:,} 名，其中 {banned:,} 名已禁配",
    "stopped": "在弄清之前求解已停止",
    "cheaper_unserved": "距离以内{further:phrase}，{left:phrase}，但代价不低于缺额价",
    "capacity_exhausted": "距离以内{further:phrase}，共有 {places:,} 个名额，{taken:phrase}",
}

_CURES: Mapping[str, str] = {
    "capacity": "距离以内的 {cadres:,} 名干部共增加 {added:,} 个名额（帮扶上限）",
    "bans": "取消 {pairs:,} 个禁配",
    "bans_and_capacity": "取消 {pairs:,} 个禁配，并由距离以内的 {cadres:,} 名干部共增加 {added:,} "
    "个名额",
    "locks": "取消 {pairs:,} 个锁定",
    "eligibility": "在结对资格中允许{rules:list}",
    "rule": "{rank:rank}干部帮扶{category:category}",
    "sponsorship": "帮扶责任地区由必须改为优先",
    "max_km": "distance.max_km 改为 {max_km}",
    "no_max_km": "不设 distance.max_km",
    "serves": "{cure}：可多帮扶 {serves:,} 名",
    "or": "；或者",
}

_DIAGNOSIS: Mapping[str, str] = {
    "shortage": "{recipients:,} 名关爱对象共需要干部 {wanted:,} 名；距离以内的干部 {cadres:,} "
    "名，共有 {places:,} 个名额：缺 {short:,} 个（{who:all}）。",
    "shortage_somewhere": "{recipients:,} 名关爱对象共需要干部 {wanted:,} 名；距离以内的干部 "
    "{cadres:,} 名，共有 {places:,} 个名额：缺 {short:,} 个（{who:all}；{names:list}）。",
    "category": "{name:category} {count:,} 名",
    "area": "{name} {count:,} 名",
    "cures": "补救办法：{cures}。",
    "policy_cures": "修改政策参数的补救办法：{cures}。",
    "below_min_load": "{count:,} 名干部未达到帮扶下限，共差 {short:,} 名对象"
    "（首先是：{first:all}）。",
    "broken_locks": "{count:,} 个锁定未能遵守（首先是：{first:all}）。",
    "pair": "{recipient} 与 {cadre}",
    "without_min_load": "把这些干部的帮扶下限（min_load）降到现有人数，就不违反任何硬性规则，"
    "这个方案就是证明。",
    "without_locks": "取消这些锁定，就不违反任何硬性规则，这个方案就是证明。",
    "without_both": "把这些干部的帮扶下限（min_load）降到现有人数，并取消这些锁定，"
    "就不违反任何硬性规则，这个方案就是证明。",
}

_PLAN: Mapping[str, str] = {
    "reasons": "{status}按现有规则，干部不够分配；每名未结对的关爱对象都有原因。",
    "shortages": "{status}按现有规则，干部不够分配；诊断说明哪里名额不足。",
}

_ERRORS: Mapping[str, str] = {
    # folders to write
    "cannot_write": "无法写入 {folder}：{why:system}",
    "here": "{folder} 是当前所在的文件夹；请另写一个新的",
    "no_temporary": "无法新建临时文件夹：{why:system}",
    "not_ours": "{folder} 不是 pairmatch 生成的方案，不会被替换",
    "not_a_table": "{folder} 不能作为要写的表的名称：须以 .csv 或 .xlsx 结尾",
    "not_scenario": "{folder} 不能作为要写的情景文件的名称：须以 .yaml、.yml 或 .json 结尾",
    "nowhere": "无法写入：路径不通",
    "taken": "{folder} 已存在，且不是空文件夹；请换一个，或先删除",
    "not_xlsx": "{folder} 不能作为要写的工作簿的名称：须以 .xlsx 结尾",
    "taken_workbook": "{folder} 已存在；请换一个名称，或先删除（加 --force 时 check 会替换报告）",
    "taken_file": "{folder} 已存在；请换一个名称，或先删除（加 --force 时会替换它）",
    "not_lists": "{folder} 不是 pairmatch 写出的清单，不予替换",
    "taken_lists": "{folder} 已存在，且不是空文件夹；请换一个，或先删除"
    "（workbooks 加 --force 可替换先前的清单）",
    "taken_force": "{folder} 已存在，且不是空文件夹；请换一个，或先删除"
    "（加 --force 时 solve 会替换先前的方案）",
    # plans to read
    "changed": "{folder} 不是保存的方案，或已被改动：{why}",
    "missing": "{folder} 不是保存的方案：缺少 {why}",
    "missing_file": "{folder} 不是保存的方案：缺少一个文件",
    "no_folder": "{folder} 不是保存的方案：应为文件夹",
    "no_problem": "{folder} 不是保存的方案：缺少文件夹 problem",
    "no_version": "{folder} 没有格式版本号；本版本可读 {reads}",
    "permission": "无法读取 {folder}：其中有文件没有读取权限",
    "refused": "{folder} 未读入：{kind:found}：{kind:advice}",
    "too_large": "{folder} 太大，剩余内存放不下",
    "unreadable": "无法读取 {folder}：{why}",
    "version": "{folder} 的格式版本号是 {found}；本版本可读 {reads}",
    # numbers
    "dear_pair": "有一对的代价可能达到 {cost} 米；最大可处理 {most} 米。请减小政策参数中的公里数。",
    "high_prices": "缺一名干部计 {missing}，违反一条规则计 {violation}，同类人群有 {pairs} 对，"
    "超出 64 位整数；请减少优先级的种数，或减小公里数",
    # plans to use
    "not_optimal": "{status}：{status:status}",
}

# what a system says when it refuses
_SYSTEM: Mapping[str, str] = {
    "EACCES": "没有权限",
    "EBUSY": "正在使用",
    "EDQUOT": "超出磁盘配额",
    "EEXIST": "已经存在",
    "EFBIG": "文件太大",
    "EINVAL": "名称或参数无效",
    "EIO": "读写出错",
    "EISDIR": "是文件夹",
    "ELOOP": "链接循环",
    "EMFILE": "打开的文件太多",
    "ENAMETOOLONG": "名称太长",
    "ENODEV": "没有这个设备",
    "ENOENT": "没有这个文件或文件夹",
    "ENOSPC": "磁盘已满",
    "ENOTDIR": "不是文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "EPERM": "不允许这样操作",
    "EROFS": "只读的文件系统",
    "ETIMEDOUT": "超时",
    "ETXTBSY": "文件正在使用",
    "other": "系统错误 {why}",
    "unknown": "系统没有说明原因",
}

_REPORT: Mapping[str, str] = {
    # the work of a year
    "work": "全年工作量：每名关爱对象联系 {contacts:,} 次、走访 {visits:,} 次，同住一户的一并走访",
    "contacts": "联系",
    "visits": "走访",
    "travel_m": "往返路程",
    "total": "合计",
    "most_of_a_cadre": "一名干部最多",
    "most_of_a_unit": "一个单位最多",
    # the plan
    "summary": "方案摘要",
    "status": "{status}：{advice}",
    "people": "人数",
    "cadres": "干部",
    "recipients": "关爱对象",
    "pairs": "结对",
    "kept": "  其中保留的结对",
    "by_exception": "  其中例外结对（允许，非优先）",
    "households_split": "由几名干部分别帮扶的户",
    "missing": "缺额",
    "at_priority": "  优先级 {priority}",
    "objective": "代价（公里，含政策折算的公里）",
    "in_all": "合计",
    "level": "目标层级",
    "value": "数值",
    "bound": "下界",
    "gap": "间隙",
    "proof": "证明：{scope}，{what}",
    "ALL_PAIRS": "全部合格的结对都已计价",
    "CANDIDATE_ARCS": "合格的结对没有全部计价",
    "diagnosis": "诊断",
    "effort": "求解 {total:.1f} 秒（{phases:all}），内存峰值 {memory:,.0f} MB",
    "stage": "{stage:stage} {seconds:.1f}",
    "sizes": "同类人群 {cadre_classes:,} × {recipient_classes:,}，弧 {arcs:,} 条，{rounds:,} 轮，"
    "引擎 {engine}",
    "compiling": "此前 {seconds:.1f} 秒用于加载编译好的代码，首次使用时用于编译",
    # its check
    "holds": "方案成立（{status}）；{claim}。",
    "proven": "已证明：没有更好的方案",
    "not_proven": "下界成立，但有间隙",
    "recounted": "重新清点：结对 {pairs:,} 对，缺额 {missing:,}",
    "cost": "代价 {cost}",
    # the tables
    "good": "表格没有错误。",
    "wanted": "共需要干部",
    "places": "共有名额",
    "inheriting": "有人居住或工作、沿用上级坐标的区划：{names:list}",
    "notes": "提示",
    "note": "{where}：{text}（{code}）",
    "read": "已读入",
    "files": "文件：{names:all}",
    "digest": "数据摘要：{digest}",
    # doubts
    "doubts": "疑点：不是错误，但请核对",
    "doubt": "  {table:table}：{found}（{code}）\n    -> {advice}",
    # a problem cut by areas
    "part": "文件夹",
    "across": "  跨两部分的结对（另放一个文件夹）：{count:,}",
    "left_out": "不在任何部分之中，未写出",
    # examples
    "examples": "结对举例（人是虚构的）",
    "recipient": "关爱对象",
    "category": "对象类别",
    "lives_in": "居住地",
    "cadre": "干部",
    "rank": "职级",
    "works_in": "工作地",
    "km": "公里",
}

_COMMANDS: Mapping[str, str] = {
    "nothing_written": "没有写入任何内容。",
    "lists": "{pairs:,} 对，分在 {lists:,} 份清单上，每一对只在一份上\n"
    "已写入 {folder}；哪份清单归谁，见其中的 {index}",
    "written": "已写入 {folder}",
    "fill_in": "待填的工作簿：{file}\n填好后检查：pairmatch check {folder}",
    "mend_report": "打开 {file}，改正标出的单元格并保存，再运行：pairmatch check {file}",
    "mark_failures": "要得到逐行标出错误的工作簿，加上：--report 文件.xlsx",
    "solve_next": "下一步：pairmatch solve {folder} -o 方案",
    "check_with": "核验方案：pairmatch verify {folder}",
    "stays": "以上内容会一直保留，删除请用：{command}",
    "province": "合成的省（真实区划，虚构的人），位于 {folder}\n"
    "干部 {cadres:,} 名，单位 {units:,} 个，关爱对象 {recipients:,} 名，区划 {areas:,} 个；"
    "规模 {scale:g}，随机种子 {seed}，坐标方式 {geometry}",
    "warm": "{kernels:,} 个编译内核，用时 {seconds:.1f} 秒，其中新编译 {compiled} 个",
    "warm_kept": "{warm}\n保存在 {folder}",
    "warm_lost": "{warm}；只保存了 {kept} 个，其余没有存下。请用对程序包文件夹有写权限的用户运行，"
    "或把 NUMBA_CACHE_DIR 设为有空间的文件夹",
    "failure": "pairmatch：{text}",
    "out_of_memory": "所需内存超过剩余内存；没有留下只写了一半的内容\n"
    "    -> 关闭其他程序，或换内存更大的机器",
    "stopped": "收到信号，已停止；没有留下只写了一半的内容",
    "no_output": "无法写到标准输出：{why:system}",
}

_PHASES: Mapping[str, str] = {
    # of a solve
    "compile": "加载编译好的代码，首次使用时编译",
    "formulate": "把代价化为整数",
    "classes": "归并同类人群",
    "coarse": "找出干部紧缺之处",
    "seed": "找出近邻",
    "auction": "找出多人需要的干部",
    "solve": "求解",
    "price": "给其余每一对计价",
    "first plan": "由现有结果得出方案",
    "plan": "从同类人群拆分到人",
    # of a command
    "read_tables": "读入并检查表格",
    "read_plan": "读入方案",
    "edit": "改动求解任务",
    "read_answers": "读取交回的清单",
    "verify": "核验每一对",
    "explain": "计算所需代价",
    "diff": "对比两个方案",
    "make_province": "生成合成的省",
    "warm_up": "编译，或加载已编译的代码",
    "write_plan": "写入方案",
    "write_report": "正在写报告",
    "write_tables": "写入表格",
    "prepare_lists": "整理清单",
    "write_lists": "写入清单",
    # what is said of one
    "in_round": "第 {round} 轮：{phase}",
    "stopping": "正在停止（{phase}）；再按一次立即放弃",
    "share": "{phase}，{percent} %",
    "left": "剩余：",
}

CHINESE = Language(
    flat(
        FINDINGS,
        NAMES,
        help=HELP,
        phrase=_PHRASES,
        finding=_FINDINGS,
        note=_NOTES,
        status=_STATUSES,
        reason=_REASONS,
        cure=_CURES,
        diagnosis=_DIAGNOSIS,
        plan=_PLAN,
        error=_ERRORS,
        system=_SYSTEM,
        wrong=WRONG,
        diff=DIFF,
        cause=CAUSES,
        change_reason=CHANGE_REASONS,
        explain=EXPLAIN,
        move=MOVES,
        rule=RULES,
        change=CHANGES,
        report=_REPORT,
        plot=PLOTS,
        command=_COMMANDS,
        phase=_PHASES,
        doubt={kind: found for kind, (found, _) in DOUBTS.items()},
        doubt_advice={kind: advice for kind, (_, advice) in DOUBTS.items()},
        workbook=WORKBOOK,
        table_use=TABLE_USES,
        column_use=COLUMN_USES,
        if_empty=DEFAULTS,
        answers=ANSWERS,
        open_why=OPEN_WHY,
        round=ROUND,
        round_column=ROUND_COLUMNS,
        list_sheet=LIST_SHEETS,
        list_column=LIST_COLUMNS,
        list_cover=LIST_COVER,
        list_by=LIST_BY,
        list_change=LIST_CHANGES,
        list_answer=LIST_ANSWERS,
        list_reason=LIST_REASONS,
        list_policy=LIST_POLICY,
        lists=LISTS,
    ),
    write,
    separator="、",
    quoted="（{!r}）",
)
