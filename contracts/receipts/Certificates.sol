// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Editions} from "./Editions.sol";
import {ICertificates} from "./ICertificates.sol";
import {StatusNibbles} from "./StatusNibbles.sol";
import {TokenIds} from "./TokenIds.sol";

/// @title Replacing and withdrawing certificates
/// @notice Marks by the issuer on serials that are anchored; nothing here moves or deletes a token.
abstract contract Certificates is ICertificates, Editions {
    using StatusNibbles for mapping(uint256 word => uint256);
    using StatusNibbles for uint8;

    /// @dev Neither a word nor the key of an edition: both have zeros where this has ones.
    uint256 private constant NO_KEY = type(uint256).max;

    mapping(uint256 word => uint256) private _statusWords;
    mapping(uint256 tokenId => bytes32) internal _replacements;

    /// @inheritdoc ICertificates
    function replace(uint256 tokenId, bytes32 leaf, uint8 reason) external {
        _requireReason(reason);
        _requireAnchored(tokenId, _anchoredBySender(tokenId));
        if (leaf == bytes32(0)) revert LeafMissing(tokenId);
        uint8 status = _statusWords.get(tokenId);
        if (status.isWithdrawn()) revert CertificateWithdrawn(tokenId, status);
        _statusWords.set(tokenId, StatusNibbles.REPLACED);
        _replacements[tokenId] = leaf;
        emit CertificateReplaced(tokenId, leaf, reason);
    }

    /// @inheritdoc ICertificates
    function revoke(uint256[] calldata tokenIds, uint8 reason) external {
        _requireReason(reason);
        // A word holds 64 serials and an edition many words: each is read and written once for its whole run of ids.
        uint256 key = NO_KEY;
        uint256 word = NO_KEY;
        uint256 anchored = 0;
        uint256 marks = 0;
        for (uint256 i = 0; i < tokenIds.length; ++i) {
            uint256 tokenId = tokenIds[i];
            if (TokenIds.editionKeyOf(tokenId) != key) {
                key = TokenIds.editionKeyOf(tokenId);
                anchored = _anchoredBySender(tokenId);
            }
            _requireAnchored(tokenId, anchored);
            if (StatusNibbles.wordOf(tokenId) != word) {
                if (word != NO_KEY) _statusWords[word] = marks;
                word = StatusNibbles.wordOf(tokenId);
                marks = _statusWords[word];
            }
            if (StatusNibbles.statusIn(marks, tokenId).isWithdrawn()) continue;
            marks = StatusNibbles.withStatus(marks, tokenId, reason + 1);
            emit CertificateRevoked(tokenId, reason);
        }
        if (word != NO_KEY) _statusWords[word] = marks;
    }

    /// @inheritdoc ICertificates
    function statusOf(uint256 tokenId) public view returns (uint8) {
        return _statusWords.get(tokenId);
    }

    /// @inheritdoc ICertificates
    function replacementOf(uint256 tokenId) external view returns (bytes32) {
        return _replacements[tokenId];
    }

    function _clearMarks(uint256 firstTokenId, uint32 count) internal override {
        _statusWords.clear(firstTokenId, count);
    }

    /// @dev How far the edition of a serial is anchored; for its issuer only.
    function _anchoredBySender(uint256 tokenId) private view returns (uint256) {
        if (TokenIds.issuerOf(tokenId) != msg.sender) revert NotIssuer(tokenId, msg.sender);
        return _editions[TokenIds.editionKeyOf(tokenId)].anchored();
    }

    function _requireAnchored(uint256 tokenId, uint256 anchored) private pure {
        uint32 serial = TokenIds.serialOf(tokenId);
        if (serial == 0 || serial > anchored) revert SerialUnknown(tokenId);
    }

    function _requireReason(uint8 reason) private pure {
        if (reason == 0 || reason > StatusNibbles.MAX_REASON) {
            revert ReasonInvalid(reason, StatusNibbles.MAX_REASON);
        }
    }
}
