"""Positional Merkle trees: places beyond the count hold 32 zero bytes."""

from .keccak import keccak


def depth_of(count):
    return (count - 1).bit_length()


def node(left, right):
    return keccak(b"\x01" + left + right)


def root_of(leaves):
    level = list(leaves) + [bytes(32)] * (2 ** depth_of(len(leaves)) - len(leaves))
    while len(level) > 1:
        level = [node(level[place], level[place + 1]) for place in range(0, len(level), 2)]
    return level[0]


def root_by_path(leaf, index, count, path):
    """The root that a path leads to, or None when the place cannot exist."""
    if index >= count or len(path) != depth_of(count):
        return None
    top = leaf
    for height, sibling in enumerate(path):
        top = node(sibling, top) if index >> height & 1 else node(top, sibling)
    return top
