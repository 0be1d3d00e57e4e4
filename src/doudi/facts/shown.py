"""Values as they may appear in messages: nothing in them can point at a person."""

from __future__ import annotations

import re

_LONGEST = 40
_BETWEEN = r"[\s\-\u2010-\u2015\u2212\uff0d._·/\u200b]*"
_LONG_NUMBER = re.compile(rf"\d(?:{_BETWEEN}\d){{10,}}(?:{_BETWEEN}[XxＸｘ])?")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝路游辛靳管柴蒙鲍华喻祁房蒲滕屈饶解牟"
    "艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎"
    "甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢扎巴"
)
_COMPOUND = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "皇甫",
    "尉迟",
    "东方",
    "慕容",
    "令狐",
    "夏侯",
    "司徒",
    "端木",
    "公孙",
    "拓跋",
)
_NAME = re.compile(
    rf"(?:[{_SURNAMES}]|{'|'.join(_COMPOUND)})[\u4e00-\u9fff]{{1,3}}|[\u4e00-\u9fff]+[·•‧・][\u4e00-\u9fff·•‧・]+"
)


def shown(text: str) -> str:
    """A value as it may appear in a message: short, without long numbers, however they are spaced or set, and hidden where it
    may be a name."""
    if _NAME.fullmatch("".join(text.split())):
        return "…"
    hidden = _LONG_NUMBER.sub("…", text)
    return hidden if len(hidden) <= _LONGEST else hidden[:_LONGEST] + "…"
