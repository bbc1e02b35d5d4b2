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

    /// @notice keccak256(0x01 || left || right)
    function nodeOf(bytes32 left, bytes32 right) internal pure returns (bytes32 node) {
        // Scratch space instead of fresh memory at every height; 65 bytes end one byte into the free memory
        // pointer, which is therefore put back.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore8(0x00, 0x01)
            mstore(0x01, left)
            mstore(0x21, right)
            node := keccak256(0x00, 0x41)
            mstore(0x40, free)
        }
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
        bytes32 node = leaf;
        for (uint256 height = 0; height < path.length; ++height) {
            bytes32 sibling = path[height];
            node = index & 1 == 0 ? nodeOf(node, sibling) : nodeOf(sibling, node);
            index >>= 1;
        }
        return node == root;
    }
}
