"""Names of people and villages, made up at random from common characters.

Surnames follow their order of frequency. A small share of names is of two surname characters, written with a middle dot
(U+00B7), or with a character that GB 18030 took up late, as they stand on real identity cards.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from doudi.population.composition import CHILD_IN_LAW, HEAD, KIND, PARENT, SPOUSE, Homes, People
from doudi.population.draw import Bools, Ints, among, chance, pick

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷段龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔向常汤康易乔赖文葛樊兰殷施洪翟安颜倪牛温芦季俞章鲁"
    "单曲仇解查缪区朴冼尉盖宁柯"
)
_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "令狐", "尉迟", "夏侯", "东方", "慕容")
_OLDER_MEN = (
    "国建军平志文明德福贵永生玉林树海金山保成忠义根柱庆祥长发财旺富新春兴正清元才洪顺水木土良仁光荣昌茂盛宝喜全有运和"
    "安民传学书堂章先大松云龙"
)
_OLDER_WOMEN = (
    "秀英兰芳桂珍玉梅凤霞素琴淑华翠莲菊香巧云月娥改花春秋玲美金银爱惠贞芝芬荣彩琼兰仙竹枝桃杏红喜冬腊凡翠存小妹连妮焕"
    "会先清贵润粉"
)
_YOUNGER_MEN = (
    "浩宇轩子涵俊杰博文天佑一鸣泽昊然嘉诚睿思远铭晨伟强磊洋勇涛超刚辉鹏飞鑫波斌凯健帆旭宁龙欢佳亮东胜峰立清良哲家豪向阳启瑞"
    "翰承皓宸航霖煜"
)
_YOUNGER_WOMEN = (
    "欣怡梓萱雨桐诗涵佳琪思雅可馨语嫣梦瑶若彤静依晗芳娜敏丽艳娟燕红颖琳雪莉晶倩婷慧莹丹萍晓小妍婉柔晴蕾薇悦心文君如意真善清"
    "韵露冬青宁瑾璇汐"
)
_POOLS = (_OLDER_MEN, _OLDER_WOMEN, _YOUNGER_MEN, _YOUNGER_WOMEN)
_RARE = ("䶮", "𠮷", "㛃", "𬱖", "𫍯", "𬀩", "𬍛", "𣲘", "㴋", "堃", "犇", "喆", "赟", "翀")
_FIRST_PARTS = (
    "麦麦提", "吐尔逊", "阿卜杜", "热合曼", "艾力", "古丽", "买买提", "克力木", "扎西", "卓玛", "次仁", "达瓦", "尼玛", "努尔",
    "帕提古丽", "阿依", "索南", "央金", "格桑", "木合塔尔",
)  # fmt: skip
_YOUNGER_BELOW = 36
_SINGLE_CHARACTER, _COMPOUND_SHARE, _DOTTED_SHARE, _RARE_SHARE = 0.15, 0.0012, 0.004, 0.0015
_OWN_LINE = [KIND[name] for name in ("old_alone", "lone_parent", "old_and_child", "old_and_grandchild")]
_PLACES = ("柳", "清", "石", "杨", "槐", "桃", "龙", "白", "青", "南", "新", "安", "永", "和", "丰", "长")
_FEATURES = ("河", "湾", "坡", "庄", "沟", "岭", "坪", "桥", "泉", "店", "寨", "塬")
_TOWNS = ("城关", "柳林", "石桥", "永丰", "清泉", "白塬", "安乐", "龙山", "南岭", "新店")
_HOUSEHOLDS_IN_GROUP = 40


def personal_names(homes: Homes, people: People, rng: np.random.Generator) -> pl.Series:
    """A name for each person; those born into a household share its surname."""
    size = people.home.size
    own = among(people.relation, (SPOUSE, CHILD_IN_LAW)) | ((people.relation == PARENT) & ~people.male)
    own |= (people.relation == HEAD) & ~people.male & among(homes.kind, _OWN_LINE)[people.home]
    shares = [1 / (rank + 5) for rank in range(len(_SURNAMES))]
    compound = sum(shares) * _COMPOUND_SHARE / (1 - _COMPOUND_SHARE) / len(_COMPOUND)
    shares += [compound] * len(_COMPOUND)
    surname = np.where(own, pick(rng, shares, size), pick(rng, shares, homes.kind.size)[people.home])
    of_home = chance(rng, _DOTTED_SHARE, homes.kind.size)
    plain = pl.Series([*_SURNAMES, *_COMPOUND])[surname] + _given(people, rng)
    return _replaced(plain, of_home[people.home], _dotted(rng, size))


def _given(people: People, rng: np.random.Generator) -> pl.Series:
    """One or two characters after the fashion of sex and age, a few of them rare."""
    names, starts, lengths = _given_names()
    pool = 2 * (people.age < _YOUNGER_BELOW) + ~people.male
    characters = lengths[pool]
    uniform = rng.random(pool.size)
    short = uniform < _SINGLE_CHARACTER
    first = (rng.random(pool.size) ** 1.25 * characters).astype(np.int64)
    second = (uniform * 1_000_003 % 1 * characters).astype(np.int64)
    number = starts[pool] + np.where(short, first, characters * (1 + first) + second)
    rare = chance(rng, _RARE_SHARE, pool.size)
    number = np.where(rare, (uniform * len(_RARE)).astype(np.int64), number)
    return names[number]


@cache
def _given_names() -> tuple[pl.Series, Ints, Ints]:
    """Rare characters, then for each pool its single characters and all pairs; where each pool starts, and its characters."""
    names = list(_RARE)
    starts = []
    for characters in _POOLS:
        starts.append(len(names))
        names += characters
        names += [first + second for first in characters for second in characters]
    return pl.Series(names), np.array(starts), np.array([len(characters) for characters in _POOLS])


def _dotted(rng: np.random.Generator, size: int) -> tuple[Ints, Ints]:
    return rng.integers(0, len(_FIRST_PARTS), size), rng.integers(0, len(_FIRST_PARTS), size)


def _replaced(names: pl.Series, where: Bools, parts: tuple[Ints, Ints]) -> pl.Series:
    rows = np.flatnonzero(where)
    first, second = (pl.Series(_FIRST_PARTS)[part[rows]] for part in parts)
    return names.scatter(rows, first + "·" + second)


def villages(homes: Homes, households_per_village: int, block: int, rng: np.random.Generator) -> Ints:
    """The number of the village or community of each household; every one lies wholly in town or in the country.

    Those of a block are its own: from ``block`` times :data:`VILLAGES` on, those in town first.
    """
    counts = [
        int(np.clip(np.sum(homes.rural == area) // households_per_village, 1, most))
        for area, most in ((False, _IN_TOWN), (True, VILLAGES - _IN_TOWN))
    ]
    number = (rng.random(homes.kind.size) * np.array(counts)[homes.rural.astype(int)]).astype(np.int64)
    return block * VILLAGES + number + np.where(homes.rural, _IN_TOWN, 0)


VILLAGES, _IN_TOWN = 192, 64
"""Villages of a block at most, and those of them that lie in town."""


@cache
def village_names(block: int) -> pl.Series:
    """The names of the villages of a block, by number less the first one."""
    names = []
    for index in range(VILLAGES):
        in_town = index < _IN_TOWN
        names.append(_place_name(block * VILLAGES + index) + ("社区" if in_town else "村"))
    return pl.Series(names)


def _place_name(index: int) -> str:
    """Town and place; the first 1,920 differ, later ones take a further sign of the place."""
    place = _PLACES[index % len(_PLACES)]
    feature = _FEATURES[index // len(_PLACES) % len(_FEATURES)]
    round_of_names = index // (len(_PLACES) * len(_FEATURES))
    town = _TOWNS[(index + round_of_names) % len(_TOWNS)]
    further = "" if round_of_names < len(_TOWNS) else _PLACES[round_of_names // len(_TOWNS) % len(_PLACES)]
    return f"{town}镇{further}{place}{feature}"


def addresses(village: pl.Series, rng: np.random.Generator) -> pl.Series:
    """Village, group and number of the house."""
    group = pl.Series(rng.integers(1, 1 + _HOUSEHOLDS_IN_GROUP // 4, village.len())).cast(pl.String)
    house = pl.Series(rng.integers(1, _HOUSEHOLDS_IN_GROUP, village.len())).cast(pl.String)
    return village + group + "组" + house + "号"
