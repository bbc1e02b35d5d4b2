// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Positional Merkle tree of a batch of certificates
/// @notice The place of a leaf is part of the proof: `index` must be below the stored count and the path exactly as
/// long as the tree is deep, so padding places, inner nodes and neighbours can never pass for a certificate.
library BatchTree {
    /// @notice keccak256(0x00 || tokenId || certificateDigest || claimKey)
    function leafOf(
        uint256 tokenId,
        bytes32 certificateDigest,
        address claimKey
    ) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(bytes1(0x00), tokenId, certificateDigest, claimKey));
    }

    /// @notice Whether a path of this length is exactly as deep as a tree of `count` leaves: ceil(log2(count)).
    function isDepthOf(uint256 length, uint256 count) internal pure returns (bool) {
        if (length > 32 || uint256(1) << length < count) return false;
        return length == 0 ? count == 1 : uint256(1) << (length - 1) < count;
    }

    /// @notice Whether `leaf` stands at `index` of the tree of `count` leaves with this root.
    function includes(
        bytes32 root,
        uint256 count,
        uint256 index,
        bytes32 leaf,
        bytes32[] calldata path
    ) internal pure returns (bool) {
        if (index >= count || !isDepthOf(path.length, count)) return false;
        return rootOf(index, leaf, path) == root;
    }

    /// @notice The root that a path leads to from `leaf` at `index`; a node is keccak256(0x01 || left || right).
    function rootOf(
        uint256 index,
        bytes32 leaf,
        bytes32[] calldata path
    ) internal pure returns (bytes32 node) {
        node = leaf;
        // Scratch space instead of fresh memory at every height; 65 bytes end one byte into the free memory pointer,
        // which is therefore put back.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(0x00, 0x01)
            let sibling := path.offset
            let end := add(sibling, shl(5, path.length))
            for {} lt(sibling, end) {
                sibling := add(sibling, 0x20)
            } {
                // 0x01 for a left place, 0x21 for a right one; the sibling takes the other.
                let place := or(0x01, shl(5, and(index, 1)))
                mstore(place, node)
                mstore(xor(place, 0x20), calldataload(sibling))
                node := keccak256(0x00, 0x41)
                index := shr(1, index)
            }
            mstore(0x40, free)
        }
    }
}
