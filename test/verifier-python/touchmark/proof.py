"""What the contract stored at one block, proven by a header and the nodes of two tries (yellow paper, appendices B and D)."""

from .canonical import Refused
from .keccak import keccak


def refuse(message):
    raise Refused("PROOF_REFUSED", message)


def decode(data):
    """The one item that canonical RLP bytes are of: bytes, or a list."""
    item, rest = _item(data)
    if rest:
        refuse("bytes after the item")
    return item


def _length(data, size):
    if len(data) < size or data[0] == 0:
        refuse("a length that is not the shortest")
    length = int.from_bytes(data[:size], "big")
    if length < 56:
        refuse("a long form of something short")
    return length, data[size:]


def _item(data, depth=0):
    if not data or depth > 8:
        refuse("an item is missing, or too deep")
    first, rest = data[0], data[1:]
    if first < 0x80:
        return data[:1], rest
    start = 0x80 if first < 0xC0 else 0xC0
    length = first - start
    if length > 55:
        length, rest = _length(rest, length - 55)
    if len(rest) < length:
        refuse("an item is cut off")
    content, rest = rest[:length], rest[length:]
    if start == 0x80:
        if length == 1 and content[0] < 0x80:
            refuse("a single byte with a length")
        return content, rest
    found = []
    while content:
        item, content = _item(content, depth + 1)
        found.append(item)
    return found, rest


class Trie:
    """Nodes by their hash; remembers which were needed."""

    def __init__(self, nodes):
        self.nodes = {}
        for node in nodes:
            self.nodes[keccak(node)] = node
        self.used = set()

    def _load(self, reference):
        if isinstance(reference, list):
            return reference
        if len(reference) != 32 or reference not in self.nodes:
            refuse("a node is missing")
        self.used.add(reference)
        return decode(self.nodes[reference])

    def get(self, root, key):
        """The value at a 32-byte key whose path is its hash; None when the trie proves that there is none."""
        if root == keccak(b"\x80"):
            return None
        path = keccak(key).hex()
        reference = root
        while True:
            node = self._load(reference)
            if not isinstance(node, list):
                refuse("a node is no list")
            if len(node) == 17:
                if path == "":
                    refuse("a key ends in a branch")
                reference, path = node[int(path[0], 16)], path[1:]
                if reference == b"":
                    return None
                continue
            if len(node) != 2 or not isinstance(node[0], bytes) or node[0] == b"":
                refuse("a node of neither kind")
            prefix = node[0].hex()
            kind = int(prefix[0], 16)
            if kind > 3 or (kind % 2 == 0 and prefix[1] != "0"):
                refuse("a path with a wrong prefix")
            part = prefix[1:] if kind % 2 else prefix[2:]
            if kind >= 2:
                if part != path:
                    return None
                if not isinstance(node[1], bytes) or node[1] == b"":
                    refuse("a leaf without a value")
                return node[1]
            if part == "":
                refuse("an extension of nothing")
            if not path.startswith(part):
                return None
            reference, path = node[1], path[len(part) :]
            if reference == b"":
                refuse("an extension to nothing")


def number(data):
    if not isinstance(data, bytes) or data[:1] == b"\x00" or len(data) > 32:
        refuse("no number in its shortest form")
    return int.from_bytes(data, "big")


def header_of(raw):
    fields = decode(raw)
    if not isinstance(fields, list) or not 15 <= len(fields) or not all(isinstance(f, bytes) for f in fields):
        refuse("no header")
    if len(fields[3]) != 32:
        refuse("no state root")
    height, time = number(fields[8]), number(fields[11])
    if max(height, time) > 2**53 - 1:
        refuse("no header of a real chain")
    return {"hash": keccak(raw), "root": fields[3], "number": height, "time": time}


def mapping(key, slot):
    return keccak(key + slot)


def word(value):
    return value.to_bytes(32, "big")


def facts(bundle, token_id):
    """What is stored of the certificate of a bundle, with the block; Refused when anything is loose or missing."""
    raw = [bytes.fromhex(node[2:]) for node in bundle["proof"]["nodes"]]
    hashes = [keccak(node) for node in raw]
    if any(a >= b for a, b in zip(hashes, hashes[1:])):
        refuse("nodes out of order")
    header = header_of(bytes.fromhex(bundle["proof"]["header"][2:]))
    trie = Trie(raw)
    account = trie.get(header["root"], bytes.fromhex(bundle["contract"][2:]))
    if account is None:
        refuse("no contract there")
    account = decode(account)
    if not isinstance(account, list) or len(account) != 4 or not all(isinstance(f, bytes) for f in account):
        refuse("no account")
    if len(account[2]) != 32 or len(account[3]) != 32:
        refuse("no account")

    def stored(slot):
        value = trie.get(account[2], slot)
        return 0 if value is None else number(decode(value))

    def under(key, slot):
        return stored(mapping(word(key), word(slot)))

    issuer, signer = int(bundle["issuer"], 16), int(bundle["signer"], 16)
    token, serial0 = token_id(bundle, bundle["serial"]), token_id(bundle, 0)
    domain = _text(mapping(word(issuer), word(0)), stored)
    under(issuer, 2)
    period = stored(mapping(word(signer), mapping(word(issuer), word(4))))
    edition = under(serial0, 7)
    inclusion = bundle["inclusion"]
    batch = under(token_id(bundle, inclusion["firstSerial"]), 8) if inclusion else 0
    nibbles = under(token >> 6, 10)
    replacement, holder = under(token, 11), under(token, 14)
    missing = under(token, 18)
    if trie.used != set(hashes):
        refuse("a node is not needed")
    return {
        "block": header,
        "codeHash": account[3],
        "facts": {
            "blockNumber": header["number"],
            "blockHash": "0x" + header["hash"].hex(),
            "blockTime": header["time"],
            "finality": "final",
            "issuer": {"domain": domain},
            "signer": None
            if period & 2**64 - 1 == 0
            else {"validFrom": period & 2**64 - 1, "retiredAt": period >> 64 & 2**64 - 1},
            "edition": _edition(edition),
            "batchCommitment": "0x" + word(batch).hex() if batch else None,
            "status": nibbles >> 4 * (bundle["serial"] & 63) & 15,
            "replacement": "0x" + word(replacement).hex() if replacement else None,
            "holder": "0x%040x" % holder if holder else None,
            "missing": {"reportedAt": missing >> 160 & 2**64 - 1} if missing >> 160 & 2**64 - 1 else None,
        },
    }


def _edition(packed):
    if packed >> 224 == 0:
        return None
    size, anchored = packed >> 160 & 2**20 - 1, packed >> 180 & 2**20 - 1
    return {
        "size": size,
        "anchored": anchored,
        "anchorUntil": packed >> 224,
        "objectionSeconds": (packed >> 210 & 2**14 - 1) * 60,
    }


def _text(slot, stored):
    """A Solidity string: up to 31 bytes in its word, else from the hash of its slot on."""
    first = stored(slot)
    if first & 1 == 0:
        return word(first)[: (first & 255) // 2].decode("utf-8", "replace")
    length = first >> 1
    if length > 253:
        refuse("a domain longer than any")
    start = int.from_bytes(keccak(slot), "big")
    text = b"".join(word(stored(word((start + place) % 2**256))) for place in range((length + 31) // 32))
    return text[:length].decode("utf-8", "replace")
