"""Names of people and villages that are made up at random from common characters."""

from __future__ import annotations

import numpy as np
import polars as pl

from doudi.population.composition import CHILD_IN_LAW, SPOUSE, Homes, People
from doudi.population.draw import chance, pick

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史"
)
_OLDER_MEN = "建国军平志文明德福贵永生玉林树海金山保成忠义根柱"
_OLDER_WOMEN = "秀英兰芳桂珍玉梅凤霞素琴淑华翠莲菊香巧云月娥"
_YOUNGER_MEN = "浩宇轩子涵俊杰博文天佑一鸣泽昊然嘉诚睿思远铭晨"
_YOUNGER_WOMEN = "欣怡梓萱雨桐诗涵佳琪思雅可馨语嫣梦瑶若彤静依晗"
_YOUNGER_BELOW = 36
_SINGLE_CHARACTER = 0.17

_PLACES = ("柳", "清", "石", "杨", "槐", "桃", "龙", "白", "青", "南", "新", "安", "永", "和", "丰", "长")
_FEATURES = ("河", "湾", "坡", "庄", "沟", "岭", "坪", "桥", "泉", "店", "寨", "塬")
_TOWNS = ("城关", "柳林", "石桥", "永丰", "清泉", "白塬", "安乐", "龙山", "南岭", "新店")


def personal_names(homes: Homes, people: People, rng: np.random.Generator) -> pl.Series:
    """Two or three characters for each person; those born into a household share its surname."""
    shares = [1 / (rank + 6) for rank in range(len(_SURNAMES))]
    of_home = pick(rng, shares, homes.kind.size)
    own = pick(rng, shares, people.home.size)
    married_in = np.isin(people.relation, (SPOUSE, CHILD_IN_LAW))
    surname = np.where(married_in, own, of_home[people.home])
    pools = [_given_names(pool) for pool in (_OLDER_MEN, _OLDER_WOMEN, _YOUNGER_MEN, _YOUNGER_WOMEN)]
    offsets = np.cumsum([0] + [len(pool) for pool in pools])
    pool = 2 * (people.age < _YOUNGER_BELOW) + ~people.male
    characters = np.array([len(text) for text in (_OLDER_MEN, _OLDER_WOMEN, _YOUNGER_MEN, _YOUNGER_WOMEN)])[
        pool
    ]
    short = chance(rng, _SINGLE_CHARACTER, surname.size)
    reach = np.where(short, characters, np.diff(offsets)[pool] - characters)
    within = np.where(short, 0, characters) + (rng.random(surname.size) * reach).astype(np.int64)
    given = pl.Series([name for pool in pools for name in pool]).gather(offsets[pool] + within)
    return pl.Series(list(_SURNAMES)).gather(surname) + given


def _given_names(characters: str) -> list[str]:
    """First the single characters, then all pairs."""
    return list(characters) + [first + second for first in characters for second in characters]


def villages(homes: Homes, households_per_village: int, rng: np.random.Generator) -> pl.Series:
    """The village or community of each household; every one lies wholly in town or in the country."""
    counts = [max(1, int(np.sum(homes.rural == area)) // households_per_village) for area in (False, True)]
    names = [
        _place_name(index) + suffix
        for count, suffix in zip(counts, ("社区", "村"), strict=True)
        for index in range(count)
    ]
    number = (rng.random(homes.kind.size) * np.array(counts)[homes.rural.astype(int)]).astype(np.int64)
    return pl.Series(names).gather(number + np.where(homes.rural, counts[0], 0))


def _place_name(index: int) -> str:
    """Town and place; the first 1,920 differ."""
    place = _PLACES[index % len(_PLACES)]
    feature = _FEATURES[index // len(_PLACES) % len(_FEATURES)]
    round_of_names = index // (len(_PLACES) * len(_FEATURES))
    return f"{_TOWNS[(index + round_of_names) % len(_TOWNS)]}镇{place}{feature}"
