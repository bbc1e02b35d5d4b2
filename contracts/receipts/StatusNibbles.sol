// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TokenIds} from "./TokenIds.sol";

/// @title Status of certificates, four bits each, 64 consecutive serials to a storage word
/// @notice 0 stands, 1 replaced, 2 to 15 withdrawn for the reason `status - 1`.
library StatusNibbles {
    uint8 internal constant STANDS = 0;
    uint8 internal constant REPLACED = 1;
    uint8 internal constant MAX_REASON = 14;

    /// @notice The word of 64 consecutive serials that a serial stands in.
    function wordOf(uint256 tokenId) internal pure returns (uint256) {
        return tokenId >> 6;
    }

    function get(
        mapping(uint256 word => uint256) storage words,
        uint256 tokenId
    ) internal view returns (uint8) {
        return statusIn(words[wordOf(tokenId)], tokenId);
    }

    function set(mapping(uint256 word => uint256) storage words, uint256 tokenId, uint8 status) internal {
        words[wordOf(tokenId)] = withStatus(words[wordOf(tokenId)], tokenId, status);
    }

    /// @notice The status of a serial in the content of its word.
    function statusIn(uint256 marks, uint256 tokenId) internal pure returns (uint8) {
        return uint8((marks >> shiftOf(tokenId)) & 0xf);
    }

    /// @notice The content of a word with another status of one serial.
    function withStatus(uint256 marks, uint256 tokenId, uint8 status) internal pure returns (uint256) {
        uint256 shift = shiftOf(tokenId);
        return (marks & ~(uint256(0xf) << shift)) | (uint256(status) << shift);
    }

    /// @notice Sets `count` consecutive serials back to 0 and leaves their neighbours in the same words alone.
    function clear(
        mapping(uint256 word => uint256) storage words,
        uint256 firstTokenId,
        uint256 count
    ) internal {
        uint256 lastTokenId = firstTokenId + count - 1;
        for (uint256 word = wordOf(firstTokenId); word <= wordOf(lastTokenId); ++word) {
            uint256 marks = words[word];
            if (marks == 0) continue;
            uint256 cleared = type(uint256).max;
            if (word == wordOf(firstTokenId)) cleared <<= shiftOf(firstTokenId);
            if (word == wordOf(lastTokenId)) cleared &= type(uint256).max >> (252 - shiftOf(lastTokenId));
            words[word] = marks & ~cleared;
        }
    }

    function isWithdrawn(uint8 status) internal pure returns (bool) {
        return status > REPLACED;
    }

    function shiftOf(uint256 tokenId) private pure returns (uint256) {
        return (TokenIds.serialOf(tokenId) & 63) << 2;
    }
}
