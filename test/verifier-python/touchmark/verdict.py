"""The word and its axes, from a bundle, what the contract stores, and whom one trusts."""

from .keccak import keccak

VALID, INVALID, OPEN, UNDETERMINED = "VALID", "INVALID", "NOT_CHECKED", "UNDETERMINED"
AXES = ("document", "issuer", "signer", "anchor", "serial", "status")
# Reasons that only time stands behind: waiting may turn them into VALID.
WAITING = {
    *("NOT_ANCHORED", "IN_OBJECTION_TIME", "BLOCK_NOT_FINAL", "BLOCK_BEFORE_BATCH", "ANCHOR_TIME_OVER"),
    *("EDITION_NOT_OPENED", "SERIAL_BLOCK_BEFORE_BATCH"),
}


class Subject:
    """What is known of one certificate."""

    def __init__(self, bundle, leaf, facts, trust):
        self.bundle, self.leaf, self.facts, self.trust = bundle, leaf, facts, trust
        self.inclusion = bundle["inclusion"]
        self.final = facts is not None and facts["finality"] == "final"
        # A status of 0 beside a replacement is what voiding its batch leaves.
        replaced = facts is not None and facts["status"] != 0
        self.is_replacement = replaced and facts["replacement"] == "0x" + leaf.hex()
        self.batch = self._batch()

    def _batch(self):
        """none (no inclusion), unread, same, other, absent, or later (the block is from before the batch)."""
        if self.inclusion is None:
            return "none"
        if self.facts is None:
            return "unread"
        stored = self.facts["batchCommitment"]
        if stored is None or int(stored, 16) == 0:
            return "later" if self.facts["blockTime"] <= self.inclusion["time"] else "absent"
        words = b"".join(self.inclusion[key].to_bytes(32, "big") for key in ("count", "time", "cosignUntil"))
        mine = keccak(bytes.fromhex(self.inclusion["root"][2:]) + words)
        return "same" if stored == "0x" + mine.hex() else "other"


def issuer_axis(subject):
    bundle, trust = subject.bundle, subject.trust
    if bundle["chainId"] != trust["chainId"]:
        return INVALID, "WRONG_CHAIN"
    if bundle["contract"] != trust["contract"].lower():
        return INVALID, "WRONG_CONTRACT"
    mine = [known for known in trust["issuers"] if known["issuer"].lower() == bundle["issuer"]]
    if any(known["kind"] == "Pinned" for known in mine):
        return VALID, "ISSUER_PINNED"
    if not mine:
        return OPEN, "ISSUER_NAME_NOT_CHECKED"
    if subject.facts is None:
        return UNDETERMINED, "ISSUER_CHAIN_UNAVAILABLE"
    domain = subject.facts["issuer"]["domain"].lower()
    bound = any(domain != "" and known["domain"].lower() == domain for known in mine)
    return (VALID, "ISSUER_BOUND") if bound else (UNDETERMINED, "ISSUER_DOMAIN_DIFFERS")


def signer_axis(subject):
    facts = subject.facts
    if facts is None:
        return UNDETERMINED, "SIGNER_CHAIN_UNAVAILABLE"
    period = facts["signer"]
    if period is None or period["validFrom"] == 0:
        if subject.batch == "later" and not subject.is_replacement:
            return UNDETERMINED, "SIGNER_BLOCK_BEFORE_BATCH"
        return INVALID, "SIGNER_UNKNOWN"
    retired = period["retiredAt"]
    if subject.is_replacement and retired != 0:
        return VALID, "SIGNER_CONFIRMED_BY_REPLACEMENT"
    if subject.batch == "same":
        time = subject.inclusion["time"]
        if period["validFrom"] > time:
            return INVALID, "SIGNER_ADDED_AFTER_ANCHOR"
        if retired != 0 and retired <= time:
            return INVALID, "SIGNER_RETIRED_BEFORE_ANCHOR"
        return VALID, "SIGNER_VALID_WHEN_ANCHORED"
    return (INVALID, "SIGNER_RETIRED_BEFORE_ANCHOR") if retired != 0 else (VALID, "SIGNER_CURRENT")


def anchor_axis(subject):
    facts, batch = subject.facts, subject.batch
    if facts is None:
        return UNDETERMINED, "ANCHOR_CHAIN_UNAVAILABLE"
    if subject.is_replacement:
        return (VALID, "ANCHORED_AS_REPLACEMENT") if subject.final else (UNDETERMINED, "BLOCK_NOT_FINAL")
    edition = facts["edition"]
    if batch == "none":
        over = edition is not None and facts["blockTime"] > edition["anchorUntil"]
        return OPEN, "ANCHOR_TIME_OVER" if over else "NOT_ANCHORED"
    if batch == "later":
        return UNDETERMINED, "BLOCK_BEFORE_BATCH"
    if batch == "absent":
        return (INVALID, "BATCH_ABSENT") if subject.final else (UNDETERMINED, "BATCH_ABSENT_NOT_FINAL")
    if batch == "other":
        return INVALID, "BATCH_DIFFERS"
    if edition is None:
        return UNDETERMINED, "ANCHOR_EDITION_UNKNOWN"
    if facts["blockTime"] < subject.inclusion["time"] + edition["objectionSeconds"]:
        return UNDETERMINED, "IN_OBJECTION_TIME"
    return (VALID, "ANCHORED") if subject.final else (UNDETERMINED, "BLOCK_NOT_FINAL")


def serial_axis(subject):
    facts, batch = subject.facts, subject.batch
    if facts is None:
        return UNDETERMINED, "SERIAL_CHAIN_UNAVAILABLE"
    edition, serial = facts["edition"], subject.bundle["serial"]
    if edition is None:
        if batch == "none":
            return OPEN, "EDITION_NOT_OPENED"
        if batch == "later":
            return UNDETERMINED, "SERIAL_BLOCK_BEFORE_BATCH"
        return (INVALID if subject.final else UNDETERMINED), "EDITION_UNKNOWN"
    if serial > edition["size"]:
        return INVALID, "SERIAL_ABOVE_SIZE"
    anchored = serial <= edition["anchored"]
    if batch in ("none", "later") and anchored and not subject.is_replacement:
        # Another signature over this serial stands in a batch that this one is not of.
        return UNDETERMINED, "SERIAL_ALREADY_ANCHORED"
    if batch == "none" and not subject.is_replacement:
        return VALID, "SERIAL_IN_EDITION"
    if anchored:
        return VALID, "SERIAL_IN_EDITION"
    if batch == "later":
        return UNDETERMINED, "SERIAL_BLOCK_BEFORE_BATCH"
    return (INVALID if subject.final else UNDETERMINED), "SERIAL_BEYOND_ANCHORED"


def status_axis(facts, subject):
    if facts is None:
        return UNDETERMINED, "STATUS_CHAIN_UNAVAILABLE"
    if facts["status"] >= 2:
        return INVALID, "STATUS_REVOKED"
    if facts["status"] == 0:
        return VALID, "STATUS_IN_FORCE"
    if subject is None:
        return OPEN, "STATUS_REPLACED_NO_BUNDLE"
    return (VALID, "STATUS_REPLACEMENT_IN_FORCE") if subject.is_replacement else (INVALID, "STATUS_REPLACED")


def decide(read, refusal, facts, trust):
    """The word and {axis: [state, reason]}; `read` is (bundle, leaf), or None when `refusal` names why there is none."""
    if refusal is not None:
        axes = {axis: (OPEN, axis.upper() + "_NO_BUNDLE") for axis in AXES}
        axes["document"] = INVALID, refusal
        axes["status"] = status_axis(facts, None)
        return "NOT_GENUINE", axes
    subject = Subject(*read, facts, trust)
    axes = {
        "document": (VALID, "DOCUMENT_SIGNED"),
        "issuer": issuer_axis(subject),
        "signer": signer_axis(subject),
        "anchor": anchor_axis(subject),
        "serial": serial_axis(subject),
        "status": status_axis(facts, subject),
    }
    return _word(axes, subject), axes


def _word(axes, subject):
    if any(axes[axis][0] == INVALID for axis in AXES if axis != "status"):
        return "NOT_GENUINE"
    reason = axes["status"][1]
    if reason == "STATUS_REVOKED":
        return "WITHDRAWN"
    if reason == "STATUS_REPLACED":
        return "SUPERSEDED" if subject.batch == "same" else "UNDETERMINED"
    rest = [finding for finding in axes.values() if finding[0] != VALID]
    if not rest:
        return "GENUINE"
    return "PROVISIONAL" if all(finding[1] in WAITING for finding in rest) else "UNDETERMINED"
