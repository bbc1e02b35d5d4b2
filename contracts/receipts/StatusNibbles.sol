// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {TokenIds} from "./TokenIds.sol";

/// @title Status of certificates, four bits each, 64 consecutive serials to a storage word
/// @notice 0 stands, 1 replaced, 2 to 15 withdrawn for the reason `status - 1`.
library StatusNibbles {
    uint8 internal constant STANDS = 0;
    uint8 internal constant REPLACED = 1;
    uint8 internal constant MAX_REASON = 14;

    function get(
        mapping(uint256 word => uint256) storage words,
        uint256 tokenId
    ) internal view returns (uint8) {
        return uint8((words[tokenId >> 6] >> shiftOf(tokenId)) & 0xf);
    }

    function set(mapping(uint256 word => uint256) storage words, uint256 tokenId, uint8 status) internal {
        uint256 shift = shiftOf(tokenId);
        words[tokenId >> 6] = (words[tokenId >> 6] & ~(uint256(0xf) << shift)) | (uint256(status) << shift);
    }

    function isWithdrawn(uint8 status) internal pure returns (bool) {
        return status > REPLACED;
    }

    function shiftOf(uint256 tokenId) private pure returns (uint256) {
        return (TokenIds.serialOf(tokenId) & 63) << 2;
    }
}
