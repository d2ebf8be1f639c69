"""Which names of others' making may stand in a message: of columns, fields and files.

A header that is really a row of data, or a file named after somebody, must not be repeated.
"""

import re
from collections.abc import Iterable

from pairmatch.words import Value, shown

# lower-case words as programs write them; names of people have capitals, blanks or many digits
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:[_\-][a-z0-9]+)*")
_CAPITALS = re.compile(r"[A-Z0-9]+(?:[_\-][A-Z0-9]+)*")
# what Chinese headers end in, and names of people do not
_CHINESE_HEADER = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:备注|编号|编码|代码|序号|日期|时间|类型|类别|状态|单位|部门|地区|区划|区县|乡镇"
    r"|街道|村组|数量|人数|次数|金额|情况|说明|原因|等级|级别|职级|民族|性别|年龄|学校|年级|来源|标识|名单|表格)"
)
# surnames of nine in ten people; a word that only looks like a name is not shown: no great loss
_SURNAMES = """
bai cai cao cen chang chen cheng cui dai deng ding dong du duan fan fang feng fu gao ge gong gu guo
han hao he hou hu huang jia jiang jin kang kong lai lei li liang liao lin liu long lu luo lv ma mao
meng mo niu ou pan pang peng qian qiao qin qiu ren shao shen shi song su sun tan tang tao tian wan
wang wei wen wu xia xiang xiao xie xiong xu xue yan yang yao ye yi yin yu yuan zeng zhang zhao zheng
zhong zhou zhu zhuang zou
"""
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan"
    "|ai|an|ao|ei|en|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|a|e|i|o|u|v)|ang|an|ao|ai|er|en|ou|e|a)"
)
_PINYIN_NAME = re.compile(f"(?:{'|'.join(_SURNAMES.split())})(?:[_\\-]?{_SYLLABLE}){{1,2}}[0-9]*")
_CHINESE_NAME = re.compile(
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅"
    "钟姜崔谭廖范汪陆石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武孔汤][\u4e00-\u9fff]{1,2}"
    f"(?:{_CHINESE_HEADER.pattern.partition('(?:')[2]}"
)
_ENDING = re.compile(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,7}$")
_FILE_NAMES = (_IDENTIFIER, _CAPITALS, _CHINESE_HEADER)
_SHEET = re.compile(r"(?:Sheet|sheet|工作表|表)[0-9]{0,3}")
# files and folders of offices are called after places and after tables, and names of people do not
# end like these
_PLACE = re.compile(
    r"(?:20[0-9]{2}年?度?)?[0-9_\-]{0,4}[\u4e00-\u9fff]{0,12}(?:省|市|县|自治州|自治县|开发区|新区|区|乡|镇|街道|局|委员会|办公室"
    r"|干部|对象|单位|区划|结对|现有结对|锁定|禁配|调整|政策|指标|名册|台账|报告|表|模板|方案|答复|汇总)"
    r"(?:[_\- ]?[0-9]{1,4})?"
)
# as public as a name of an area
_AREA_CODE = re.compile("[1-9][0-9]{5}(?:[0-9]{3}){0,2}")
_LONGEST = 32
_MOST_DIGITS = 4


def may_be_shown(name: str) -> bool:
    """Tell whether a name of a column or field reads as one, not as somebody's data."""
    return _is_plain(name, (_IDENTIFIER, _CHINESE_HEADER))


def shown_file_name(name: str) -> str:
    """Return a file's name if it may be shown, else a star and its ending."""
    found = _ENDING.search(name)
    ending = "" if found is None else found.group()
    stem = name.removesuffix(ending)
    is_shown = _AREA_CODE.fullmatch(stem) or _is_plain(stem, _FILE_NAMES)
    return name if is_shown else f"*{ending}"


def shown_sheet_name(name: str) -> str:
    """Return the name of a sheet of a workbook if it may be shown, else nothing."""
    return name if _is_plain(name, (*_FILE_NAMES, _SHEET)) else ""


def _is_plain(name: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    if _PLACE.fullmatch(name):
        return len(name) <= _LONGEST
    if _PINYIN_NAME.fullmatch(name.lower()) or _CHINESE_NAME.fullmatch(name):
        return False
    return _is_short(name) and any(pattern.fullmatch(name) for pattern in patterns)


def _is_short(name: str) -> bool:
    """Tell a name from one with a number of a person in it."""
    return len(name) <= _LONGEST and sum(letter.isdigit() for letter in name) <= _MOST_DIGITS


def listed(names: Iterable[str], most: int = 12) -> dict[str, Value]:
    """Return names that a policy or a table allows, as far as they may be shown."""
    every = list(names)
    return shown([name for name in every if _is_short(name)], len(every), most)
