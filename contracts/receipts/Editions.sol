// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

import {EditionSlot, packEdition} from "./EditionSlot.sol";
import {IEditions} from "./IEditions.sol";
import {Issuers} from "./Issuers.sol";
import {Messages} from "./Messages.sol";
import {TokenIds} from "./TokenIds.sol";

/// @title Editions and their anchored batches
/// @notice Keeps claimed <= anchored <= size: the size is committed before the sale and serials are taken in order.
abstract contract Editions is IEditions, Issuers, EIP712 {
    uint24 private constant LARGEST_SIZE = 1_000_000;
    /// @dev Voiding reads the marks of a whole batch, 64 serials to a word: this many fit in any block.
    uint256 private constant LARGEST_BATCH = 65_536;
    uint16 private constant LARGEST_ROYALTY_BPS = 1_000;
    uint32 private constant LONGEST_OBJECTION = 7 days;
    uint256 private constant LONGEST_COSIGN = 180 days;
    /// @dev Marks a place whose batch was voided; no hash can equal it.
    bytes32 private constant VOIDED = bytes32(uint256(1));

    mapping(uint256 editionKey => EditionSlot) internal _editions;
    mapping(uint256 firstTokenId => bytes32) private _batches;
    mapping(bytes32 anchorHash => bool) private _voidedAnchors;

    /// @inheritdoc IEditions
    function openEdition(
        bytes32 work,
        bytes32 run,
        uint24 size,
        address payout,
        uint16 royaltyBps,
        uint32 anchorUntil,
        uint32 objectionSeconds
    ) external returns (uint64 edition) {
        if (size == 0 || size > LARGEST_SIZE) revert SizeInvalid(size, LARGEST_SIZE);
        if (royaltyBps > LARGEST_ROYALTY_BPS) revert RoyaltyInvalid(royaltyBps, LARGEST_ROYALTY_BPS);
        if (royaltyBps != 0 && payout == address(0)) revert PayoutMissing();
        if (anchorUntil <= block.timestamp) revert AnchorUntilPast(anchorUntil, block.timestamp);
        if (objectionSeconds > LONGEST_OBJECTION || objectionSeconds % 60 != 0) {
            revert ObjectionInvalid(objectionSeconds, LONGEST_OBJECTION);
        }
        edition = TokenIds.editionIdOf(msg.sender, work, run);
        uint256 key = TokenIds.idOf(msg.sender, edition, 0);
        if (_editions[key].exists()) revert EditionExists(msg.sender, edition);
        _editions[key] = packEdition(payout, size, royaltyBps, objectionSeconds, anchorUntil);
        emit EditionOpened(
            msg.sender,
            edition,
            work,
            run,
            size,
            payout,
            royaltyBps,
            anchorUntil,
            objectionSeconds
        );
    }

    /// @inheritdoc IEditions
    function closeEdition(uint64 edition) external {
        uint256 key = TokenIds.idOf(msg.sender, edition, 0);
        EditionSlot slot = _openedEdition(key);
        uint24 anchored = slot.anchored();
        _editions[key] = slot.withSize(anchored);
        emit EditionClosed(msg.sender, edition, anchored);
    }

    /// @inheritdoc IEditions
    function anchor(
        uint256 firstTokenId,
        uint32 count,
        bytes32 root,
        uint32 cosignUntil,
        bytes32 r,
        bytes32 vs
    ) external {
        _takeSerials(firstTokenId, count);
        address issuer = TokenIds.issuerOf(firstTokenId);
        if (cosignUntil != 0) _requireCosignInRange(issuer, cosignUntil);
        address publisher = _publishers[issuer];
        if (r != 0) {
            _requireSignedBy(publisher, firstTokenId, count, root, cosignUntil, r, vs);
        } else if (msg.sender != publisher) {
            revert NotPublisher(msg.sender, publisher);
        }
        _batches[firstTokenId] = _commitmentOf(root, count, uint64(block.timestamp), cosignUntil);
        emit BatchAnchored(firstTokenId, count, root, cosignUntil);
    }

    /// @inheritdoc IEditions
    function voidLast(uint64 edition, Batch calldata batch) external {
        uint256 firstTokenId = TokenIds.idOf(msg.sender, edition, batch.firstSerial);
        EditionSlot slot = _openedEdition(firstTokenId);
        if (!_isAnchored(firstTokenId, batch)) revert BatchUnknown(msg.sender, edition, batch.firstSerial);
        uint32 lastSerial = batch.firstSerial + batch.count - 1;
        if (lastSerial != slot.anchored()) revert BatchNotLast(lastSerial, slot.anchored());
        uint256 endedAt = uint256(batch.time) + slot.objectionSeconds();
        if (block.timestamp >= endedAt) revert ObjectionEnded(endedAt, block.timestamp);
        _batches[firstTokenId] = VOIDED;
        // Otherwise anyone could send the voided batch again with the publisher's old signature.
        _voidedAnchors[Messages.anchorHash(firstTokenId, batch.count, batch.root)] = true;
        _editions[TokenIds.editionKeyOf(firstTokenId)] = slot.withAnchored(uint24(batch.firstSerial - 1));
        _clearMarks(firstTokenId, batch.count);
        emit BatchVoided(firstTokenId, batch.count, batch.root);
    }

    /// @inheritdoc IEditions
    function editionOf(
        address issuer,
        uint64 edition
    ) external view returns (address, uint24, uint24, uint16, uint32, bool, uint32) {
        EditionSlot slot = _editions[TokenIds.idOf(issuer, edition, 0)];
        return (
            slot.payout(),
            slot.size(),
            slot.anchored(),
            slot.royaltyBps(),
            slot.anchorUntil(),
            slot.exists(),
            slot.objectionSeconds()
        );
    }

    /// @inheritdoc IEditions
    function batchOf(address issuer, uint64 edition, uint32 firstSerial) external view returns (bytes32) {
        bytes32 commitment = _batches[TokenIds.idOf(issuer, edition, firstSerial)];
        return commitment == VOIDED ? bytes32(0) : commitment;
    }

    /// @dev Takes the marks off serials that become free again, so that what is anchored there later starts clean.
    function _clearMarks(uint256 firstTokenId, uint32 count) internal virtual;

    function _isAnchored(uint256 firstTokenId, Batch calldata batch) internal view returns (bool) {
        return
            _batches[firstTokenId] == _commitmentOf(batch.root, batch.count, batch.time, batch.cosignUntil);
    }

    function _takeSerials(uint256 firstTokenId, uint32 count) private {
        EditionSlot slot = _openedEdition(firstTokenId);
        uint24 anchored = slot.anchored();
        uint32 firstSerial = TokenIds.serialOf(firstTokenId);
        unchecked {
            // Counts and sizes have 20 bits.
            if (firstSerial != anchored + 1) revert AnchorOutOfOrder(firstSerial, anchored + 1);
            uint256 left = slot.size() - anchored;
            if (left > LARGEST_BATCH) left = LARGEST_BATCH;
            if (count == 0 || count > left) revert CountInvalid(count, left);
            if (block.timestamp > slot.anchorUntil()) {
                revert AnchoringEnded(slot.anchorUntil(), block.timestamp);
            }
            _editions[TokenIds.editionKeyOf(firstTokenId)] = slot.withAnchored(anchored + uint24(count));
        }
    }

    function _requireCosignInRange(address issuer, uint32 cosignUntil) private view {
        uint256 latest = block.timestamp + LONGEST_COSIGN;
        if (cosignUntil > latest) revert CosignTooLong(cosignUntil, latest);
        if (_coSigners[issuer] == address(0)) revert CoSignerMissing(issuer);
    }

    function _requireSignedBy(
        address publisher,
        uint256 firstTokenId,
        uint32 count,
        bytes32 root,
        uint32 cosignUntil,
        bytes32 r,
        bytes32 vs
    ) private view {
        bytes32 structHash = Messages.anchorHash(firstTokenId, count, root);
        // The common case reads no extra slot: only a place that was voided before has voided signatures.
        if (_batches[firstTokenId] == VOIDED && _voidedAnchors[structHash]) revert AnchorVoided(root);
        if (cosignUntil != 0) {
            structHash = Messages.cosignedAnchorHash(firstTokenId, count, root, cosignUntil);
        }
        address found = Messages.recoverCompact(_hashTypedDataV4(structHash), r, vs);
        if (found == address(0)) revert PublisherSignatureMalformed();
        if (found != publisher) revert NotPublisher(found, publisher);
    }

    function _openedEdition(uint256 tokenId) private view returns (EditionSlot slot) {
        slot = _editions[TokenIds.editionKeyOf(tokenId)];
        if (!slot.exists()) revert EditionUnknown(TokenIds.issuerOf(tokenId), TokenIds.editionOf(tokenId));
    }

    /// @dev keccak256(abi.encode(root, count, time, cosignUntil)), written above the free memory without taking it.
    function _commitmentOf(
        bytes32 root,
        uint32 count,
        uint64 time,
        uint32 cosignUntil
    ) private pure returns (bytes32 commitment) {
        assembly ("memory-safe") {
            let facts := mload(0x40)
            mstore(facts, root)
            mstore(add(facts, 0x20), and(count, 0xffffffff))
            mstore(add(facts, 0x40), and(time, 0xffffffffffffffff))
            mstore(add(facts, 0x60), and(cosignUntil, 0xffffffff))
            commitment := keccak256(facts, 0x80)
        }
    }
}
