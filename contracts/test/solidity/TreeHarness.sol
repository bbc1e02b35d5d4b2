// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {BatchTree} from "../../receipts/BatchTree.sol";

/// @notice The tree library behind an external call, so that tests can pass calldata and catch refusals.
contract TreeHarness {
    function leafOf(uint256 tokenId, bytes32 digest, address claimKey) external pure returns (bytes32) {
        return BatchTree.leafOf(tokenId, digest, claimKey);
    }

    function includes(
        bytes32 root,
        uint256 count,
        uint256 index,
        bytes32 leaf,
        bytes32[] calldata path
    ) external pure returns (bool) {
        return BatchTree.includes(root, count, index, leaf, path);
    }

    /// @notice The root by one path, and whether the free memory pointer is where it was.
    function rootOf(
        uint256 index,
        bytes32 leaf,
        bytes32[] calldata path
    ) external pure returns (bytes32 root, bool memoryKept) {
        uint256 before;
        uint256 later;
        assembly ("memory-safe") {
            before := mload(0x40)
        }
        root = BatchTree.rootOf(index, leaf, path);
        assembly ("memory-safe") {
            later := mload(0x40)
        }
        memoryKept = before == later;
    }
}
