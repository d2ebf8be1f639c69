"""Which names of columns say that they hold something personal, in English, Chinese and pinyin."""

import re
import unicodedata

_WORD = re.compile(r"[a-z]+|[^\W\d_a-z]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_CHINESE = re.compile(
    "姓名|名字|全名|曾用名|身份证|身份號|身份号|身份證|证件|證件|证号|证號|残疾证|护照|社保卡|户口|戶口"
    "|电话|電話|手机|手機|号码|號碼|联系|聯繫|聯絡|通讯|微信|邮箱|郵箱|电邮|扣扣"
    "|监护|監護|户主|戶主|家长|家長|父亲|母亲|父母|配偶|亲属|家属"
    "|地址|住址|住所|门牌|門牌|银行|銀行|卡号|卡號|账号|帳號|账户|生日|出生|照片|签名"
)
# names of places and units are no names of people
_OF_PLACES = """
area areas province prefecture city county district township town village hamlet region unit units
org organisation organization department dept institution school office bureau rank category level
group team
"""
_ENGLISH = """
fullname firstname lastname surname givenname forename nickname username guardian guardians
householder phone phones telephone telephones tel mobile cellphone idcard idno idnum idnumber
citizen passport ssn email mail wechat weixin qq birth birthday birthdate dob address addresses addr
bank iban signature photo photograph
"""
_PINYIN = """
xingming mingzi xm shenfenzheng shenfenzhenghao shenfenzhenghaoma zhengjian zhengjianhao
zhengjianhaoma sfz sfzh sfzhm sfzhao sfzhaoma sfzjh sfzid zjh zjhm cjz cjzh dianhua dianhuahao
dianhuahaoma dh dhhm lxdh lxfs lxr lxrxm lxrdh shouji shoujihao shoujihaoma sjh sjhm sjhaoma lianxi
lianxiren lianxidianhua lianxifangshi youxiang jianhuren jhr jhrxm huzhu huzhuxingming hz hzxm
jiazhang dizhi zhuzhi jiatingzhuzhi jiatingdizhi dz jtdz jtzz hjdz yinhang yinhangka yinhangkahao
yhk yhkh yhzh kahao shengri chusheng chushengriqi csrq csny
"""
_PLACES = frozenset(_OF_PLACES.split())
_WORDS = frozenset((_ENGLISH + _PINYIN).split())
_NAMES = frozenset({"name", "names"})
# as a part of a longer word that is written without gaps
_PARTS = re.compile(
    "xingming|shenfenzheng|dianhua|shouji|lianxiren|lianxifangshi|jianhuren|huzhu|dizhi|zhuzhi"
    "|yinhangka|chushengriqi|idcard|telephone|phonen|phoneno|mobilen|mobileno|guardian|wechat"
    "|birthda|passport|householder"
)
_ENDS = re.compile("(?:sfz|sfzh|sfzhm|xm|lxdh|dh|sjh|sjhm|dhhm|yhkh|name|phone|address)$")
_BEGINS_WITH_ID = re.compile("(?:^|[ _])id[ _](?:card|number|num|no|code)(?:[ _]|$)")
_WHOLE = frozenset({"contact", "contacts", "cell", "father", "mother", "account"})


def is_personal_column(name: str) -> bool:
    """Tell whether a column's name says that it holds a name, a number or an address of a person.

    Case, separators, and digits at the end do not matter. Names of places and units are no names
    of people.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    if _CHINESE.search(re.sub(r"[\W_]", "", plain)):
        return True
    words = _WORD.findall(_HUMP.sub(" ", plain).lower())
    joined = "".join(words)
    if " ".join(words) in _WHOLE or _BEGINS_WITH_ID.search(" ".join(words)):
        return True
    # written apart or not: s f z h, sfzh, S-F-Z-H
    if joined in _WORDS or joined in _NAMES:
        return True
    return any(
        _is_personal(word, words[position - 1] if position else "")
        for position, word in enumerate(words)
    )


def _is_personal(word: str, before: str) -> bool:
    if word in _NAMES:
        return before not in _PLACES
    if word.endswith("name"):
        return word.removesuffix("name") not in _PLACES
    return word in _WORDS or _PARTS.search(word) is not None or _ENDS.search(word) is not None
