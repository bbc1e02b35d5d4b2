"""Keccak-256 as Ethereum uses it: the sponge of FIPS 202 with the padding of before the standard."""

from functools import lru_cache

_MASK = (1 << 64) - 1
_RATE = 136


def _constants():
    register, constants = 1, []
    for _ in range(24):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << ((1 << power) - 1)
            register = (register << 1) ^ ((register >> 7) * 0x171)
        constants.append(constant)
    return constants


def _steps():
    x, y, steps = 1, 0, []
    for step in range(24):
        target = (y, (2 * x + 3 * y) % 5)
        steps.append((target[0] + 5 * target[1], (step + 1) * (step + 2) // 2 % 64))
        x, y = target
    return steps


_CONSTANTS, _STEPS = _constants(), _steps()


def _permute(lanes):
    for constant in _CONSTANTS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20] for x in range(5)]
        for x in range(5):
            after = columns[(x + 1) % 5]
            added = columns[(x + 4) % 5] ^ ((after << 1 | after >> 63) & _MASK)
            for y in range(0, 25, 5):
                lanes[x + y] ^= added
        moving = lanes[1]
        for place, turn in _STEPS:
            lanes[place], moving = (moving << turn | moving >> (64 - turn)) & _MASK, lanes[place]
        for y in range(0, 25, 5):
            a, b, c, d, e = lanes[y : y + 5]
            lanes[y] = a ^ (~b & c)
            lanes[y + 1] = b ^ (~c & d)
            lanes[y + 2] = c ^ (~d & e)
            lanes[y + 3] = d ^ (~e & a)
            lanes[y + 4] = e ^ (~a & b)
        lanes[0] ^= constant


# Bundles that differ in one byte share nearly all that is hashed of them.
@lru_cache(maxsize=100_000)
def keccak(message):
    """The 32-byte hash of bytes."""
    padded = bytearray(message) + b"\x01"
    padded += bytes(-len(padded) % _RATE)
    padded[-1] |= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = start + 8 * lane
            lanes[lane] ^= int.from_bytes(padded[at : at + 8], "little")
        _permute(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])
