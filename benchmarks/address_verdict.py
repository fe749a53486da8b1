"""One sentence in three registers: is the verdict on «تو» the same for the colloquial and both formal columns?

Needs the aligned sentences of Shekasteh, tab-separated: colloquial, formal word by word, formal.
"""

from __future__ import annotations

from common import data_argument, existing, machine, row, share

from hamdel import Checker

ADDRESS = ("respect/tu-form", "respect/tv-mix")
COLUMNS = 3


def main() -> None:
    """Print the share of rows with one verdict, and the rows that have two."""
    path = existing(data_argument(__doc__ or "", "data/shekasteh_dev.tsv").parse_args().data)
    checker = Checker()
    rows, differing = 0, []
    for line in path.read_text(encoding="utf-8").splitlines():
        sentences = line.split("\t")[:COLUMNS]
        if len(sentences) < COLUMNS:
            continue
        rows += 1
        found = [[one.matched for one in checker.check(text).findings if one.check in ADDRESS] for text in sentences]
        if len({bool(words) for words in found}) > 1:
            differing.append("\n".join(f"  {words} ← {text}" for words, text in zip(found, sentences, strict=True)))
    print(machine())
    same = rows - len(differing)
    row("Shekasteh: one verdict in three registers", share(same, rows), "limit 99 %")
    print(*differing, sep="\n\n")


if __name__ == "__main__":
    main()
