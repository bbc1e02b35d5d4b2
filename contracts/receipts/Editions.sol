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
        EditionSlot slot = _openedEdition(msg.sender, edition);
        uint24 anchored = slot.anchored();
        _editions[TokenIds.idOf(msg.sender, edition, 0)] = slot.withSize(anchored);
        emit EditionClosed(msg.sender, edition, anchored);
    }

    /// @inheritdoc IEditions
    function anchor(
        address issuer,
        uint64 edition,
        uint32 firstSerial,
        uint32 count,
        bytes32 root,
        uint32 cosignUntil,
        bytes calldata publisherSignature
    ) external {
        Batch memory batch = Batch(firstSerial, count, root, uint64(block.timestamp), cosignUntil);
        _takeSerials(issuer, edition, firstSerial, count);
        _requireCosignInRange(issuer, cosignUntil);
        _requirePublisher(issuer, edition, batch, publisherSignature);
        _batches[TokenIds.idOf(issuer, edition, firstSerial)] = _commitmentOf(batch);
        emit BatchAnchored(issuer, edition, firstSerial, count, root, batch.time, cosignUntil);
    }

    /// @inheritdoc IEditions
    function voidLast(uint64 edition, Batch calldata batch) external {
        EditionSlot slot = _openedEdition(msg.sender, edition);
        uint256 key = TokenIds.idOf(msg.sender, edition, batch.firstSerial);
        if (_batches[key] != _commitmentOf(batch))
            revert BatchUnknown(msg.sender, edition, batch.firstSerial);
        uint32 lastSerial = batch.firstSerial + batch.count - 1;
        if (lastSerial != slot.anchored()) revert BatchNotLast(lastSerial, slot.anchored());
        uint256 endedAt = uint256(batch.time) + slot.objectionSeconds();
        if (block.timestamp >= endedAt) revert ObjectionEnded(endedAt, block.timestamp);
        _batches[key] = VOIDED;
        // Otherwise anyone could send the voided batch again with the publisher's old signature.
        _voidedAnchors[Messages.anchorHash(msg.sender, edition, batch.firstSerial, batch.count, batch.root)] =
            true;
        _editions[TokenIds.idOf(msg.sender, edition, 0)] = slot.withAnchored(uint24(batch.firstSerial - 1));
        emit BatchVoided(msg.sender, edition, batch.firstSerial, batch.count, batch.root);
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

    function _isAnchored(address issuer, uint64 edition, Batch calldata batch) internal view returns (bool) {
        return _batches[TokenIds.idOf(issuer, edition, batch.firstSerial)] == _commitmentOf(batch);
    }

    function _takeSerials(address issuer, uint64 edition, uint32 firstSerial, uint32 count) private {
        EditionSlot slot = _openedEdition(issuer, edition);
        uint24 anchored = slot.anchored();
        if (firstSerial != anchored + 1) revert AnchorOutOfOrder(firstSerial, anchored + 1);
        uint256 left = slot.size() - anchored;
        if (count == 0 || count > left) revert CountInvalid(count, left);
        if (block.timestamp > slot.anchorUntil()) revert AnchoringEnded(slot.anchorUntil(), block.timestamp);
        _editions[TokenIds.idOf(issuer, edition, 0)] = slot.withAnchored(anchored + uint24(count));
    }

    function _requireCosignInRange(address issuer, uint32 cosignUntil) private view {
        if (cosignUntil == 0) return;
        uint256 latest = block.timestamp + LONGEST_COSIGN;
        if (cosignUntil > latest) revert CosignTooLong(cosignUntil, latest);
        if (_coSigners[issuer] == address(0)) revert CoSignerMissing(issuer);
    }

    function _requirePublisher(
        address issuer,
        uint64 edition,
        Batch memory batch,
        bytes calldata signature
    ) private view {
        address publisher = _publishers[issuer];
        if (signature.length == 0) {
            if (msg.sender != publisher) revert NotPublisher(msg.sender, publisher);
            return;
        }
        bytes32 anchorHash = Messages.anchorHash(issuer, edition, batch.firstSerial, batch.count, batch.root);
        // The common case reads no extra slot: only a place that was voided before has voided signatures.
        if (
            _batches[TokenIds.idOf(issuer, edition, batch.firstSerial)] == VOIDED &&
            _voidedAnchors[anchorHash]
        ) {
            revert AnchorVoided(batch.root);
        }
        bytes32 structHash =
            batch.cosignUntil == 0
                ? anchorHash
                : Messages.cosignedAnchorHash(
                    issuer,
                    edition,
                    batch.firstSerial,
                    batch.count,
                    batch.root,
                    batch.cosignUntil
                );
        address found = Messages.recover(_hashTypedDataV4(structHash), signature);
        if (found == address(0)) revert PublisherSignatureMalformed();
        if (found != publisher) revert NotPublisher(found, publisher);
    }

    function _openedEdition(address issuer, uint64 edition) private view returns (EditionSlot slot) {
        slot = _editions[TokenIds.idOf(issuer, edition, 0)];
        if (!slot.exists()) revert EditionUnknown(issuer, edition);
    }

    function _commitmentOf(Batch memory batch) private pure returns (bytes32) {
        return keccak256(abi.encode(batch.root, batch.count, batch.time, batch.cosignUntil));
    }
}
