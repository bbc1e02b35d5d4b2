"""A bundle `touchmark.certificate/1`: its shape, its document, its signature and its place in a batch."""

import re

from . import canonical, proof
from .canonical import Refused
from .keccak import keccak
from .secp256k1 import recover
from .tree import root_by_path, root_of

FORMAT = "touchmark.certificate/1"
KEYS = {
    *("format", "chainId", "contract", "issuer", "edition", "serial", "document"),
    *("claimKey", "signer", "signature", "inclusion", "proof"),
}
INCLUSION = {"firstSerial", "count", "time", "cosignUntil", "index", "path", "root"}
DOMAIN = keccak(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
CERTIFICATE = keccak(b"Certificate(uint256 tokenId,bytes32 documentRoot,address claimKey)")


def hexbytes(text):
    return bytes.fromhex(text[2:])


def word(number):
    return number.to_bytes(32, "big")


def require(condition, reason):
    if not condition:
        raise Refused(reason)


def obj(value, keys):
    require(isinstance(value, dict), "WRONG_TYPE")
    require(set(value) <= keys, "UNKNOWN_KEY")
    require(set(value) >= keys, "MISSING_KEY")
    return value


def hextext(value, length=None):
    require(isinstance(value, str), "WRONG_TYPE")
    digits = "*" if length is None else "{%d}" % (2 * length)
    require(re.fullmatch("0x[0-9a-f]" + digits, value) and len(value) % 2 == 0, "OUT_OF_RANGE")
    return value


def whole(value, low, high):
    require(isinstance(value, int) and not isinstance(value, bool), "WRONG_TYPE")
    require(low <= value <= high, "OUT_OF_RANGE")
    return value


def items(value, most):
    require(isinstance(value, list), "WRONG_TYPE")
    require(len(value) <= most, "OUT_OF_RANGE")
    return value


def shape(value):
    if isinstance(value, dict) and isinstance(value.get("format"), str):
        require(value["format"] == FORMAT, "UNKNOWN_FORMAT")
    bundle = obj(value, KEYS)
    require(isinstance(bundle["format"], str), "WRONG_TYPE")
    whole(bundle["chainId"], 1, canonical.LARGEST)
    hextext(bundle["contract"], 20)
    hextext(bundle["issuer"], 20)
    require(isinstance(bundle["edition"], str), "WRONG_TYPE")
    require(re.fullmatch("0|[1-9][0-9]*", bundle["edition"]) is not None, "WRONG_TYPE")
    require(int(bundle["edition"][:40]) < 2**64, "OUT_OF_RANGE")
    whole(bundle["serial"], 1, 2**32 - 1)
    for field in items(bundle["document"], 4096):
        withheld = isinstance(field, dict) and "valueHash" in field
        obj(field, {"path", "valueHash"} if withheld else {"path", "salt", "value"})
        require(isinstance(field["path"], str), "WRONG_TYPE")
        hextext(field["valueHash" if withheld else "salt"], 32)
    hextext(bundle["claimKey"], 20)
    hextext(bundle["signer"], 20)
    hextext(bundle["signature"], 65)
    if bundle["inclusion"] is not None:
        inclusion = obj(bundle["inclusion"], INCLUSION)
        whole(inclusion["firstSerial"], 1, 2**32 - 1)
        whole(inclusion["count"], 1, 2**32 - 1)
        whole(inclusion["time"], 0, canonical.LARGEST)
        whole(inclusion["cosignUntil"], 0, 2**32 - 1)
        whole(inclusion["index"], 0, 2**32 - 1)
        for sibling in items(inclusion["path"], 32):
            hextext(sibling, 32)
        hextext(inclusion["root"], 32)
    if bundle["proof"] is not None:
        given = obj(bundle["proof"], {"header", "nodes"})
        hextext(given["header"])
        for node in items(given["nodes"], 1024):
            hextext(node)
    return bundle


def value_hash(field):
    if "valueHash" in field:
        return hexbytes(field["valueHash"])
    return keccak(b"\x03" + canonical.write([field["salt"], field["value"]]).encode())


def check_document(fields):
    require(fields, "DOCUMENT_MALFORMED")
    paths = [field["path"].encode() for field in fields]
    require(all(paths) and all(a < b for a, b in zip(paths, paths[1:])), "DOCUMENT_MALFORMED")
    stated = [field for field in fields if field["path"] == "how.head" and "value" in field]
    if not stated:
        return
    events = [field for field in fields if field["path"].startswith("how.events.")]
    named = ["how.events.%04d" % (place + 1) for place in range(len(events))]
    require([event["path"] for event in events] == named, "HISTORY_BROKEN")
    head = bytes(32)
    for event in events:
        head = keccak(b"\x04" + head + value_hash(event))
    require(stated[0]["value"] == "0x" + head.hex(), "HISTORY_BROKEN")


def document_root(fields):
    leaves = []
    for field in fields:
        pair = [field["path"], "0x" + value_hash(field).hex()]
        leaves.append(keccak(b"\x00" + canonical.write(pair).encode()))
    return keccak(b"\x02" + len(fields).to_bytes(4, "big") + root_of(leaves))


def token_id(bundle, serial):
    issuer = int(bundle["issuer"], 16)
    return issuer << 96 | int(bundle["edition"]) << 32 | serial


def read(data):
    """(bundle, leaf, proven block and state or None), or Refused."""
    bundle = shape(canonical.read(data))
    check_document(bundle["document"])
    proven = None
    if bundle["proof"] is not None:
        proven = proof.facts(bundle, token_id)
    token = word(token_id(bundle, bundle["serial"]))
    separator = keccak(
        DOMAIN
        + keccak(b"Touchmark")
        + keccak(b"1")
        + word(bundle["chainId"])
        + word(int(bundle["contract"], 16))
    )
    struct = keccak(CERTIFICATE + token + document_root(bundle["document"]) + word(int(bundle["claimKey"], 16)))
    digest = keccak(b"\x19\x01" + separator + struct)
    outcome, address = recover(digest, hexbytes(bundle["signature"]))
    require(outcome != "high", "SIGNATURE_HIGH_S")
    require(outcome != "malformed", "SIGNATURE_MALFORMED")
    require(address == bundle["signer"], "SIGNATURE_MISMATCH")
    leaf = keccak(b"\x00" + token + digest + hexbytes(bundle["claimKey"]))
    inclusion = bundle["inclusion"]
    if inclusion is not None:
        require(inclusion["firstSerial"] + inclusion["index"] == bundle["serial"], "INCLUSION_MISMATCH")
        path = [hexbytes(sibling) for sibling in inclusion["path"]]
        root = root_by_path(leaf, inclusion["index"], inclusion["count"], path)
        require(root == hexbytes(inclusion["root"]), "INCLUSION_MISMATCH")
    return bundle, leaf, proven
