"""Write all parts of the documentation that are stale."""

from tools.reference import PARTS, stale, write

for name in filter(stale, PARTS):
    write(name)
    print(name)  # noqa: T201 - a program for people
