// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Token ids: issuer (160 bits) | edition (64) | serial (32)
/// @notice Serials start at 1, so an id with serial 0 names the edition itself.
library TokenIds {
    /// @notice The id of one serial; with serial 0, the key of its edition.
    function idOf(address issuer, uint64 edition, uint32 serial) internal pure returns (uint256) {
        return (uint256(uint160(issuer)) << 96) | (uint256(edition) << 32) | serial;
    }

    /// @notice Edition id: the first 8 bytes of the hash of who opened which run of which work.
    function editionIdOf(address issuer, bytes32 work, bytes32 run) internal pure returns (uint64) {
        return uint64(bytes8(keccak256(abi.encode(issuer, work, run))));
    }

    function issuerOf(uint256 tokenId) internal pure returns (address) {
        return address(uint160(tokenId >> 96));
    }

    function editionOf(uint256 tokenId) internal pure returns (uint64) {
        return uint64(tokenId >> 32);
    }

    function serialOf(uint256 tokenId) internal pure returns (uint32) {
        // Casting keeps the low 32 bits on purpose: that is the serial.
        return uint32(tokenId);
    }

    /// @notice The id of another serial of the same edition.
    function withSerial(uint256 tokenId, uint32 serial) internal pure returns (uint256) {
        return editionKeyOf(tokenId) | serial;
    }

    /// @notice The same id with serial 0.
    function editionKeyOf(uint256 tokenId) internal pure returns (uint256) {
        return tokenId & ~uint256(type(uint32).max);
    }
}
