"""Who signed: recovery of the public key from an ECDSA signature on secp256k1 (SEC 1, section 4.1.6)."""

from functools import lru_cache

from .keccak import keccak

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def _double(point):
    if point is None or point[1] == 0:
        return None
    x, y, z = point
    a = y * y % P
    b = 4 * x * a % P
    c = 3 * x * x % P
    d = (c * c - 2 * b) % P
    return d, (c * (b - d) - 8 * a * a) % P, 2 * y * z % P


def _add(left, right):
    if left is None:
        return right
    if right is None:
        return left
    x1, y1, z1 = left
    x2, y2, z2 = right
    s1, s2 = z1 * z1 % P, z2 * z2 % P
    u1, u2 = x1 * s2 % P, x2 * s1 % P
    t1, t2 = y1 * s2 * z2 % P, y2 * s1 * z1 % P
    if u1 == u2:
        return _double(left) if t1 == t2 else None
    h, r = (u2 - u1) % P, (t2 - t1) % P
    hh = h * h % P
    hhh, v = h * hh % P, u1 * hh % P
    x = (r * r - hhh - 2 * v) % P
    return x, (r * (v - x) - t1 * hhh) % P, h * z1 * z2 % P


def _sum_of_two(point, a, other, b):
    """a * point + b * other, both at once."""
    both, result = _add(point, other), None
    for bit in range(max(a.bit_length(), b.bit_length()) - 1, -1, -1):
        result = _double(result)
        chosen = (a >> bit & 1, b >> bit & 1)
        if chosen != (0, 0):
            result = _add(result, {(1, 0): point, (0, 1): other, (1, 1): both}[chosen])
    return result


@lru_cache(maxsize=10_000)
def recover(digest, signature):
    """("ok", address), ("high", None) or ("malformed", None) for a digest and 65 bytes r, s, v."""
    r, s, v = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big"), signature[64]
    if v not in (27, 28) or not (0 < r < N and 0 < s < N):
        return "malformed", None
    if s > N // 2:
        return "high", None
    square = (pow(r, 3, P) + 7) % P
    y = pow(square, (P + 1) // 4, P)
    if y * y % P != square:
        return "malformed", None
    if y & 1 != v - 27:
        y = P - y
    inverse = pow(r, -1, N)
    key = _sum_of_two((r, y, 1), s * inverse % N, (*G, 1), -int.from_bytes(digest, "big") * inverse % N)
    if key is None:
        return "malformed", None
    x, y, z = key
    inverse = pow(z, -1, P)
    x, y = x * inverse**2 % P, y * inverse**3 % P
    return "ok", "0x" + keccak(x.to_bytes(32, "big") + y.to_bytes(32, "big"))[12:].hex()
