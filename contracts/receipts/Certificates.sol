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

    mapping(uint256 word => uint256) private _statusWords;
    mapping(uint256 tokenId => bytes32) internal _replacements;

    /// @inheritdoc ICertificates
    function replace(uint256 tokenId, bytes32 leaf, uint8 reason) external {
        _requireReason(reason);
        _requireIssuedBySender(tokenId);
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
        for (uint256 i = 0; i < tokenIds.length; ++i) {
            uint256 tokenId = tokenIds[i];
            _requireIssuedBySender(tokenId);
            if (_statusWords.get(tokenId).isWithdrawn()) continue;
            _statusWords.set(tokenId, reason + 1);
            emit CertificateRevoked(tokenId, reason);
        }
    }

    /// @inheritdoc ICertificates
    function statusOf(uint256 tokenId) public view returns (uint8) {
        return _statusWords.get(tokenId);
    }

    /// @inheritdoc ICertificates
    function replacementOf(uint256 tokenId) external view returns (bytes32) {
        return _replacements[tokenId];
    }

    function _requireIssuedBySender(uint256 tokenId) private view {
        if (TokenIds.issuerOf(tokenId) != msg.sender) revert NotIssuer(tokenId, msg.sender);
        uint32 serial = TokenIds.serialOf(tokenId);
        uint24 anchored = _editions[TokenIds.editionKeyOf(tokenId)].anchored();
        if (serial == 0 || serial > anchored) revert SerialUnknown(tokenId);
    }

    function _requireReason(uint8 reason) private pure {
        if (reason == 0 || reason > StatusNibbles.MAX_REASON) {
            revert ReasonInvalid(reason, StatusNibbles.MAX_REASON);
        }
    }
}
