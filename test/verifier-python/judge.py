"""Judges cases, one JSON object a line: {"bundle": base64, "trust": {...}, "facts": {...} or null, "root": {...}}.

With a trust root the facts come from the proof in the bundle. Answers one line a case: {"word", "axes"}."""

import base64
import json
import sys

from touchmark import bundle as bundles
from touchmark.canonical import Refused
from touchmark.verdict import decide


def facts_by_root(root, bundle, proven):
    """The proven facts when they are of the chain, the code and the block that are trusted, else None."""
    if proven is None:
        return None
    same = (
        bundle["chainId"] == root["chainId"]
        and bundle["contract"] == root["contract"]
        and proven["codeHash"].hex() == root["codeHash"][2:]
        and proven["block"]["hash"].hex() == root["blockHash"][2:]
    )
    return proven["facts"] if same else None


def judge(case):
    facts, root = case.get("facts"), case.get("root")
    try:
        bundle, leaf, proven = bundles.read(base64.b64decode(case["bundle"]))
    except Refused as refused:
        return decide(None, refused.reason, facts, case["trust"])
    if root is not None:
        facts = facts_by_root(root, bundle, proven)
    return decide((bundle, leaf), None, facts, case["trust"])


def main(lines, out):
    for line in lines:
        word, axes = judge(json.loads(line))
        out.write(json.dumps({"word": word, "axes": axes}) + "\n")


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
