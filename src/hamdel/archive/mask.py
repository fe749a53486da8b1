"""Make replies comparable: what changes from customer to customer becomes one symbol, courtesy goes.

Two replies from one template get the same masked text: names, numbers, dates, amounts, times, links and codes
are covered, greeting and closing are dropped, spelling is folded, punctuation and white space are single spaces.
Source: catalogue, repetition/near-copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hamdel.archive.frame import DEAR, TITLES, body, greeting_end
from hamdel.language.fold import key

__all__ = ["SYMBOL", "MaskedText", "mask", "mask_opening", "mask_with_offsets", "masked_words"]

#: Stands for everything that is covered; no word can hold it.
SYMBOL = "#"

_WORD, _MARK, _COVERED = range(3)
# Runs of ASCII (numbers, dates, links, Latin words), words of other scripts, marks.
_TOKEN = re.compile(r"[!-~]++|[^\W!-~]++|\n++|[^\w\s!-~]++")
_LATIN = re.compile(r"[a-z]++")
_CODE = re.compile(r"[\d@{}]|://|^www\.|[a-z]\.[a-z]")

_DATES = frozenset(
    "شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه امروز فردا دیروز پریروز پسفردا امشب دیشب فرداشب "
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند صبح ظهر عصر شب بعدازظهر".split()
)
_COUNTS = frozenset(
    "یک یه دو سه چهار پنج شش هفت هشت نه ده یازده دوازده پانزده بیست سی چهل پنجاه شصت هفتاد هشتاد نود صد".split()
)
_UNITS = frozenset(
    "روز روزه ساعت ساعته دقیقه هفته ماه ماهه سال ساله تومان تومن ریال هزار میلیون میلیارد درصد عدد بار شنبه".split()
)
_MONEY = frozenset("تومان تومانی تومن تومنی ریال ریالی هزار میلیون میلیارد درصد".split())
_PREFIXES = frozenset(("می", "نمی"))
_SUFFIXES = frozenset("ها های هایی هایش هاتون هاتان هامون تر ترین ام اید اند".split())
_INTRODUCED = frozenset(("از", "کارشناس", "پشتیبان"))


@dataclass(slots=True)
class _Piece:
    """A token of the folded text."""

    text: str
    start: int
    end: int
    kind: int


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A masked reply that knows where it comes from.

    Attributes:
        text: as `mask` returns it.
        starts, ends: for each character of ``text``, the code points of the raw reply it stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw ``(start, end)`` of the non-empty slice ``text[start:end]``."""
        return self.starts[start], self.ends[end - 1]


def mask(text: str) -> str:
    """Return the comparable form of a reply; empty when nothing but courtesy is in it.

    >>> mask("سلام مینا جان، سفارش ۵۵۰۱ فردا می رسد.") == mask("سلام، سفارش 7712 شنبه می‌رسد. در خدمتم.")
    True
    """
    return " ".join(piece.text for piece in _pieces(key(text)))


def mask_opening(sentence: str) -> str:
    """Return the comparable form of a reply's first sentence: its greeting goes, courtesy such as thanks stays.

    >>> mask_opening("سلام مینا جان، ممنون از صبوری شما.") == mask_opening("درود. ممنون از صبوری شما")
    True
    """
    folded = key(sentence)
    return " ".join(piece.text for piece in _pieces(folded, greeting_end(folded), len(folded)))


def masked_words(text: str) -> int:
    """Count the words of a reply that are its own: no greeting, no closing, nothing covered."""
    return sum(piece.kind == _WORD for piece in _pieces(key(text)))


def mask_with_offsets(text: str) -> MaskedText:
    """Return `mask` of ``text`` with the way back to the raw places."""
    folded = [(part, place) for place, char in enumerate(text) for part in key(char)]
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _pieces("".join(part for part, _ in folded)):
        if chars:
            chars.append(" ")
            starts.append(min(ends[-1], folded[piece.start][1]))  # one raw character may hold two pieces: «㎂»
            ends.append(folded[piece.start][1])
        chars.extend(piece.text)
        for at in range(len(piece.text)):
            first, last = _stretch(piece, at)
            starts.append(folded[first][1])
            ends.append(folded[last][1] + 1)
    return MaskedText("".join(chars), tuple(starts), tuple(ends))


def _stretch(piece: _Piece, at: int) -> tuple[int, int]:
    """The first and last folded character that character ``at`` of a piece stands for."""
    if piece.kind == _COVERED or piece.end - piece.start != len(piece.text):  # covered, or two tokens joined
        return piece.start, piece.end - 1
    return piece.start + at, piece.start + at


def _pieces(folded: str, *bounds: int) -> list[_Piece]:
    """Return the words and symbols that remain of a reply, or of the part between two ``bounds``."""
    tokens = list(_tokens(folded, *(bounds or body(folded))))
    for place, token in enumerate(tokens):
        if rule := _RULES.get(token.text):
            rule(tokens, place)
    kept: list[_Piece] = []
    for token in tokens:
        if token.kind != _MARK:
            _append(folded, kept, token)
    return kept


def _tokens(folded: str, start: int, end: int) -> Iterator[_Piece]:
    for match in _TOKEN.finditer(folded, start, end):
        run = match.group()
        if not run.isascii() or run[0] == "\n":
            kind = _WORD if run[0].isalpha() else _COVERED if run[0].isalnum() else _MARK
            yield _Piece(run if kind != _COVERED else SYMBOL, match.start(), match.end(), kind)
        elif _CODE.search(run):
            yield _Piece(SYMBOL, match.start(), match.end(), _COVERED)
        else:
            yield from _latin(run, match.start())


def _latin(run: str, offset: int) -> Iterator[_Piece]:
    """Part an ASCII run without digits into words and marks."""
    place = 0
    for word in _LATIN.finditer(run):
        if word.start() > place:
            yield _Piece(run[place : word.start()], offset + place, offset + word.start(), _MARK)
        yield _Piece(word.group(), offset + word.start(), offset + word.end(), _WORD)
        place = word.end()
    if place < len(run):
        yield _Piece(run[place:], offset + place, offset + len(run), _MARK)


def _cover(piece: _Piece) -> None:
    piece.kind, piece.text = _COVERED, SYMBOL


def _kind(tokens: list[_Piece], place: int) -> int:
    """The kind of the token at ``place``; before the first and after the last one there is a mark."""
    return tokens[place].kind if 0 <= place < len(tokens) else _MARK


def _cover_always(tokens: list[_Piece], place: int) -> None:
    """«فردا», «شنبه», «مهر», «عصر»."""
    _cover(tokens[place])


def _cover_title(tokens: list[_Piece], place: int) -> None:
    """«خانم کریمی», «آقای علی رضایی،»."""
    _cover(tokens[place])
    if _kind(tokens, place + 1) != _WORD:
        return
    _cover(tokens[place + 1])
    third = _kind(tokens, place + 2) == _WORD
    if third and (_kind(tokens, place + 3) == _MARK or tokens[place + 3].text in DEAR):
        _cover(tokens[place + 2])


def _cover_dear(tokens: list[_Piece], place: int) -> None:
    """«مینا جان»."""
    if _kind(tokens, place - 1) != _MARK:
        _cover(tokens[place])
        _cover(tokens[place - 1])


def _cover_introduced(tokens: list[_Piece], place: int) -> None:
    """«سارا هستم از پشتیبانی»."""
    if _kind(tokens, place - 1) == _WORD and _kind(tokens, place + 1) != _MARK:
        follows = tokens[place + 1].text
        if follows in _INTRODUCED:
            _cover(tokens[place - 1])


def _cover_count(tokens: list[_Piece], place: int) -> None:
    """«سه» in «سه روز»."""
    if _kind(tokens, place + 1) != _MARK and tokens[place + 1].text in _UNITS:
        _cover(tokens[place])


def _cover_money(tokens: list[_Piece], place: int) -> None:
    """«هزار تومان» after a number."""
    if _kind(tokens, place - 1) == _COVERED:
        _cover(tokens[place])


def _cover_hour(tokens: list[_Piece], place: int) -> None:
    """«ساعت» before a number."""
    if _kind(tokens, place + 1) == _COVERED:
        _cover(tokens[place])


_RULES: dict[str, Callable[[list[_Piece], int], None]] = {
    **dict.fromkeys(_COUNTS, _cover_count),
    **dict.fromkeys(_MONEY, _cover_money),
    **dict.fromkeys(_DATES, _cover_always),
    **dict.fromkeys(TITLES, _cover_title),
    **dict.fromkeys(DEAR, _cover_dear),
    "هستم": _cover_introduced,
    "ساعت": _cover_hour,
}


def _append(folded: str, kept: list[_Piece], token: _Piece) -> None:
    """Add a token, joined to the one before where both are covered or both are one word in other spellings."""
    last = kept[-1] if kept else None
    if last and last.kind == token.kind == _COVERED:
        last.end = token.end
    elif last and _is_one_word(last, token) and folded[last.end : token.start].isspace():
        last.text += token.text
        last.end = token.end
    else:
        kept.append(token)


def _is_one_word(last: _Piece, token: _Piece) -> bool:
    if last.kind != _WORD or token.kind != _WORD:
        return False
    return last.text in _PREFIXES or token.text in _SUFFIXES
